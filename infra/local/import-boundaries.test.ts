import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Clients of the stores, each with the one adapter that may hold it: nowhere else is there a way around the tenant. */
const owners: Readonly<Record<string, string>> = {
  pg: 'packages/database',
  '@prisma/client': 'packages/database',
  '@prisma/adapter-pg': 'packages/database',
  bullmq: 'packages/queue',
  ioredis: 'packages/queue',
  '@opensearch-project/opensearch': 'packages/search',
};

/** Not part of the product as it runs: they make databases, look from outside, and start stores. */
const outside = ['packages/testkit/', 'infra/', 'e2e/'];
const isTest = /\.(test|int\.test|fixtures)\.tsx?$/;

const skipped = new Set(['node_modules', 'dist', '.next', 'generated', '.turbo']);

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : sourcesBelow(path);
    return /\.(ts|tsx|mts|mjs|js)$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(text: string): string[] {
  const found = text.matchAll(/(?:from|import|require)\s*\(?\s*['"]([^'"]+)['"]/g);
  return [...found].map(([, name = '']) => name);
}

it('lets the clients of the stores into their adapters alone', () => {
  const files = ['apps', 'packages', 'infra', 'e2e'].flatMap((folder) => sourcesBelow(join(root, folder)));
  const strays: string[] = [];
  let held = 0;
  for (const file of files) {
    const path = relative(root, file);
    for (const name of importsOf(readFileSync(file, 'utf8'))) {
      const owner = Object.entries(owners).find(([client]) => name === client || name.startsWith(`${client}/`))?.[1];
      if (owner === undefined) continue;
      if (path.startsWith(`${owner}/`)) held += 1;
      else if (!isTest.test(path) && !outside.some((folder) => path.startsWith(folder)))
        strays.push(`${path}: ${name}`);
    }
  }
  expect(strays).toEqual([]);
  expect(held).toBeGreaterThan(5);
});

/** BullMQ asks for its PostgreSQL client by name, and imports it itself. */
const peers = ['packages/queue: pg'];

it('has those clients in the package of their adapter alone', () => {
  const strays: string[] = [];
  for (const folder of ['apps', 'packages']) {
    for (const name of readdirSync(join(root, folder))) {
      const path = `${folder}/${name}`;
      const manifest = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) as {
        dependencies?: Record<string, string>;
      };
      for (const dependency of Object.keys(manifest.dependencies ?? {})) {
        if (dependency in owners && owners[dependency] !== path && path !== 'packages/testkit')
          strays.push(`${path}: ${dependency}`);
      }
    }
  }
  expect(strays.filter((stray) => !peers.includes(stray))).toEqual([]);
});
