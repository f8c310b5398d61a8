// Prints the scripts that the explorer loads before anything is opened on it, and fails above its budget. Run after a build.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const budgetKilobytes = 350;
const build = fileURLToPath(new URL('.next/', import.meta.url));
const route = '(signed-in)/explorer/page';

interface BuildManifest {
  rootMainFiles: string[];
}
interface RouteManifest {
  entryJSFiles: Record<string, string[]>;
}

const { rootMainFiles } = JSON.parse(readFileSync(`${build}build-manifest.json`, 'utf8')) as BuildManifest;
const manifestScript = readFileSync(`${build}server/app/${route}_client-reference-manifest.js`, 'utf8');
const { entryJSFiles } = JSON.parse(
  manifestScript.slice(manifestScript.indexOf('"] = {') + 5).replace(/;?\s*$/, ''),
) as RouteManifest;
// Layouts and pages are always loaded; the pages for errors are part of the same list and count as well.
const files = new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()]);

let total = 0;
for (const file of files) {
  const bytes = gzipSync(readFileSync(`${build}${file}`)).length;
  total += bytes;
  process.stdout.write(`${(bytes / 1000).toFixed(1).padStart(8)} KB  ${file}\n`);
}
const within = total <= budgetKilobytes * 1000;
process.stdout.write(
  `${(total / 1000).toFixed(1).padStart(8)} KB  in all, gzip; at most ${budgetKilobytes} KB${within ? '' : ': too much'}\n`,
);
process.exitCode = within ? 0 : 1;
