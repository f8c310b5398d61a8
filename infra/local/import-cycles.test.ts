import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './installation.ts';

/** Folder by folder: which others it imports, and by which file. Tests may look anywhere. */
type FolderImports = ReadonlyMap<string, ReadonlyMap<string, string>>;

function importsBetweenFolders(root: string): FolderImports {
  const found = new Map<string, Map<string, string>>();
  for (const path of globSync('*/**/*.{ts,tsx}', { cwd: root })) {
    if (/\.(?:test|fixtures)\.tsx?$/.test(path) || path.startsWith('generated/')) continue;
    const [from = ''] = path.split('/');
    const text = readFileSync(join(root, path), 'utf8');
    for (const [, name = ''] of text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
      const target = posix.normalize(posix.join(dirname(path), name)).split('/');
      const [to = ''] = target;
      if (target.length < 2 || to === from || to === '..') continue;
      const others = found.get(from) ?? new Map<string, string>();
      others.set(to, `${path}: ${name}`);
      found.set(from, others);
    }
  }
  return found;
}

/** The folders of a circle, each with the import that leads on to the next; empty when there is none. */
function findCycle(imports: FolderImports): string[] {
  const done = new Set<string>();
  const visit = (folder: string, way: readonly string[]): string[] => {
    const at = way.indexOf(folder);
    if (at >= 0) {
      const circle = [...way.slice(at), folder];
      return circle.slice(1).map((to, index) => imports.get(circle[index] ?? '')?.get(to) ?? to);
    }
    if (done.has(folder)) return [];
    for (const to of imports.get(folder)?.keys() ?? []) {
      const cycle = visit(to, [...way, folder]);
      if (cycle.length > 0) return cycle;
    }
    done.add(folder);
    return [];
  };
  for (const folder of imports.keys()) {
    const cycle = visit(folder, []);
    if (cycle.length > 0) return cycle;
  }
  return [];
}

const roots = globSync('{apps,packages}/*/src', { cwd: repositoryRoot });

describe('folders depend one way', () => {
  it.each(roots)('in %s', (root) => {
    expect(findCycle(importsBetweenFolders(join(repositoryRoot, root)))).toEqual([]);
  });

  it('finds a circle', () => {
    const imports = new Map([
      ['a', new Map([['b', 'a/x.ts: ../b/y.ts']])],
      ['b', new Map([['c', 'b/y.ts: ../c/z.ts']])],
      ['c', new Map([['b', 'c/z.ts: ../b/y.ts']])],
    ]);
    expect(findCycle(imports)).toEqual(['b/y.ts: ../c/z.ts', 'c/z.ts: ../b/y.ts']);
  });
});
