import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repositoryRoot } from './installation.ts';

/** For drills, for the supervisor alone, and for the agent, whose README names its own. */
const notOfAnInstallation = /^AKASHI_(?:CRASHPOINT|DRILL|CLOCK_FILE|AGENT_.+)$/;

const readText = (path: string): string => readFileSync(join(repositoryRoot, path), 'utf8');

function namesIn(text: string, form: RegExp): string[] {
  return [...text.matchAll(form)].map((match) => match[1] ?? '');
}

/** Variables that an app's `env.ts` reads, and those that a program asks for by name. */
function variablesOfTheCode(): Set<string> {
  const shapes = globSync('apps/*/src/env.ts', { cwd: repositoryRoot }).map((path) =>
    namesIn(readText(path), /^\s+(?:variables\.)?([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b[:,]/gm),
  );
  const asked = globSync('{infra,apps/*/src}/**/*.{ts,tsx,mjs}', { cwd: repositoryRoot })
    .filter((path) => !path.includes('node_modules') && !/\.(?:test|fixtures)\.tsx?$/.test(path))
    .map((path) => namesIn(readText(path), /process\.env(?:\.|\[')([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g));
  const keys = namesIn(readText('packages/keyring/src/installation-key.ts'), /'(AKASHI_[A-Z_]+)'/g);
  const java = namesIn(readText('infra/local/find-java.ts'), /'(OPENSEARCH_[A-Z_]+)'/g);
  return new Set([...shapes, ...asked, java, keys].flat().filter((name) => !notOfAnInstallation.test(name)));
}

describe('.env.example', () => {
  it('names every setting that the code reads, and no other', () => {
    const named = namesIn(readText('.env.example'), /^#? ?([A-Z][A-Z0-9_]+)=/gm);
    expect(named.toSorted()).toEqual([...variablesOfTheCode()].toSorted());
    expect(new Set(named).size).toBe(named.length);
  });
});
