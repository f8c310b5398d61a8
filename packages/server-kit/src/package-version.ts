import { readFileSync } from 'node:fs';

/** The version of the program whose entry this is: `packageVersion(import.meta.url)` in `src/` or `dist/`. */
export function packageVersion(entryUrl: string): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', entryUrl), 'utf8')) as { version: string };
  return version;
}
