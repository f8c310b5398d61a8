import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
  // `turbo run typecheck` checks the types of the whole workspace; a second pass would double the time of a first start.
  typescript: { ignoreBuildErrors: true },
};

export default config;
