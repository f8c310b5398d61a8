/** Statements between the blocks of a log: proven like them, and none the worse for a kind that nobody knows yet. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatDescription } from '@akashi/integrity';
import { expect, test } from 'vitest';
import { at, flip, found, prepareArchives, read, temporary, verify, verifyAt } from './altered-archive.fixtures.ts';
import { writeArchive, type ArchivePlan } from './archive.fixtures.ts';

prepareArchives();

const statements: NonNullable<ArchivePlan['statements']> = (entry) =>
  entry % 6 === 4 ? { kind: 'later-kind', content: { entry, text: '何か' } } : null;

function written(name: string, plan: Omit<ArchivePlan, 'statements'>): void {
  verifyAt(join(temporary, name));
  writeArchive(at(''), { ...plan, statements });
}

test.each([0, 3, 9])('a log with statements of an unknown kind is proven (%i of version 1)', async (versionOne) => {
  written(`statements-${versionOne}`, { blocks: 20, versionOne });
  const { code, report } = await verify();
  expect([code, report.problems]).toEqual([0, []]);
  expect(report).toMatchObject({ size: 20, blocks: 17, statements: 3 });
  expect(report.warnings.map(({ code: each }) => each)).toEqual(Array(3).fill('statement-unknown'));
  const description = versionOne === 0 ? 'format.md' : 'format-4.md';
  expect(read(description).toString('utf8')).toBe(formatDescription);
});

test('a statement that was altered is named', async () => {
  written('altered', { blocks: 20, versionOne: 0 });
  const bundle = 'log/tile/entries/000.p/20';
  const start = readFileSync(at(bundle)).indexOf('何か');
  flip(bundle, start);
  expect(found((await verify()).report)).toContainEqual({ code: 'entries-altered', object: bundle, block: 4 });
});

test('a statement that was put in the place of a block is named, with the block that is in nobody’s place then', async () => {
  verifyAt(join(temporary, 'other'));
  writeArchive(at(''), { blocks: 8, versionOne: 0 });
  const block = readFileSync(at('log/tile/entries/000.p/8'));
  written('placed', { blocks: 8, versionOne: 0 });
  writeFileSync(at('log/tile/entries/000.p/8'), block);
  const { code, report } = await verify();
  expect(code).toBe(1);
  expect(found(report)).toContainEqual({ code: 'entries-altered', object: 'log/tile/entries/000.p/8', block: 4 });
});
