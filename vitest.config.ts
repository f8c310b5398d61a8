import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', '**/dist/**', '**/.next/**'];

/** Packages resolve to their sources through the `source` condition, so no test can see a stale build. */
const sourceFirst = {
  resolve: { conditions: ['source', 'node'] },
  ssr: { resolve: { conditions: ['source', 'node'] } },
};

export default defineConfig({
  test: {
    projects: [
      {
        ...sourceFirst,
        test: {
          name: 'unit',
          include: ['{apps,packages,infra}/**/*.test.{ts,tsx}', 'e2e/attribution/**/*.test.ts'],
          exclude: [...ignored, '**/*.int.test.ts'],
          setupFiles: ['infra/local/property-seed.ts'],
        },
      },
      {
        ...sourceFirst,
        test: {
          name: 'integration',
          include: ['{apps,packages,infra}/**/*.int.test.ts'],
          exclude: ignored,
          setupFiles: ['infra/local/property-seed.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          execArgv: ['--conditions=source'],
        },
      },
      {
        ...sourceFirst,
        test: {
          name: 'e2e',
          include: ['e2e/journeys/**/*.e2e.ts'],
          exclude: ignored,
          globalSetup: ['e2e/installation/global-setup.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          maxWorkers: 1,
        },
      },
    ],
  },
});
