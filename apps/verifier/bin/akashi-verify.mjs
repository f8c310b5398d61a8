#!/usr/bin/env node
// Starts the built verifier. A Node older than the product needs hands over to the one installed in the repository.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const neededMajor = 24;
const cli = fileURLToPath(new URL('../dist/main.js', import.meta.url));

function findInstalledNode() {
  for (let folder = dirname(cli); folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node');
    if (existsSync(candidate)) return candidate;
  }
  return null;
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

if (!existsSync(cli)) stop('akashi-verify is not built yet: run "npm run build" in the repository.');

if (Number(process.versions.node.split('.')[0]) >= neededMajor) {
  try {
    await import(pathToFileURL(cli).href);
  } catch (error) {
    // Node would end with 1, which says that the evidence was altered.
    stop(`akashi-verify could not start: ${error.message}`);
  }
} else {
  const node = findInstalledNode();
  if (node === null) stop(`akashi-verify needs Node ${neededMajor} or newer; this is ${process.version}.`);
  const { status, error } = spawnSync(node, [cli, ...process.argv.slice(2)], { stdio: 'inherit' });
  if (error) stop(`akashi-verify could not start ${node}: ${error.message}`);
  process.exitCode = status ?? 2;
}
