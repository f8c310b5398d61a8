/** What cannot be read leaves the outcome open, holds nothing up, and keeps nothing else from being checked. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, truncateSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  at,
  blocks,
  found,
  lastKept,
  objectOf,
  prepareArchives,
  verify,
  withRecords,
} from './altered-archive.fixtures.ts';

prepareArchives();

const objects = [
  'log/checkpoint',
  'log/checkpoints/9',
  'log/tile/0/000.p/24',
  'log/tile/0/000.p/7',
  'log/tile/entries/000.p/7',
  'verifier-key.txt',
  'format.md',
];

test.each([...objects, 'block'])('%s behind a loop of links', async (name) => {
  const object = name === 'block' ? objectOf(5) : name;
  rmSync(at(object));
  symlinkSync(at(object), at(object));
  const { code, report } = await verify();
  expect(code).toBe(2);
  expect(report.problems).toMatchObject([{ code: 'unreadable', object }]);
  const proven = { block: blocks - 1, 'log/checkpoint': lastKept }[name] ?? blocks;
  expect(report.blocks).toBe(proven);
});

test.each(['log/checkpoints', 'log/tile/0/000.p', 'blocks/2026/11/22'])('the folder %s behind one', async (object) => {
  rmSync(at(object), { recursive: true });
  symlinkSync(at(object), at(object));
  const { code, report } = await verify();
  expect(code).not.toBe(0);
  expect(report.problems.some((problem) => problem.code === 'unreadable' && problem.object.startsWith(object))).toBe(
    true,
  );
  expect(report.size).toBe(blocks);
});

test('an alteration elsewhere is found all the same', async () => {
  rmSync(at('log/checkpoints/9'));
  mkdirSync(at('log/checkpoints/9'));
  rmSync(at(objectOf(20)));
  const { code, report } = await verify();
  expect(code).toBe(1);
  expect(found(report)).toEqual([
    { code: 'block-missing', object: objectOf(20), block: 20 },
    { code: 'unreadable', object: 'log/checkpoints/9', block: undefined },
  ]);
});

test.each(['log/checkpoints/9', 'block'])('a pipe in the place of %s holds nothing up', async (name) => {
  const object = name === 'block' ? objectOf(5) : name;
  rmSync(at(object));
  execFileSync('mkfifo', [at(object)]);
  const { code, report } = await verify(...withRecords());
  expect(code).toBe(2);
  expect(report.problems).toMatchObject([{ code: 'unreadable', object }]);
});

test('an object of gigabytes is altered, whatever it holds', async () => {
  for (const object of ['log/checkpoint', 'log/checkpoints/9', 'log/tile/0/000.p/7', objectOf(5)]) {
    truncateSync(at(object), 3 * 1024 ** 3);
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.problems).toContainEqual(expect.objectContaining({ object }));
  }
});
