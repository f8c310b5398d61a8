/** What format 2 lets go, and what it still promises: heartbeats, kept checkpoints, partial tiles, segments of a policy. */
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  at,
  blocks,
  copyOf,
  folder,
  found,
  lastKept,
  large,
  objectOf,
  original,
  prepareArchives,
  read,
  verify,
  withRecords,
} from './altered-archive.fixtures.ts';
import { versionOneBlocks, writeObject } from './archive.fixtures.ts';

prepareArchives();

test('the archive under test has all of it', () => {
  expect(objectOf(15)).toBe('');
  expect(existsSync(at('format-4.md'))).toBe(true);
  const kept = readdirSync(at('log/checkpoints')).map(Number);
  expect(kept.sort((a, b) => a - b)).toEqual([...Array.from({ length: versionOneBlocks }, (_, n) => n + 1), lastKept]);
  const widths = readdirSync(at('log/tile/0/000.p')).map(Number);
  expect(widths.sort((a, b) => a - b)).toEqual([...kept, 21, 22, 23, 24]);
});

test('an object in the place of a heartbeat is foreign', async () => {
  const foreign = objectOf(14).replace('000014', '000015');
  writeObject(folder, foreign, read(objectOf(14)));
  expect(found((await verify()).report)).toEqual([{ code: 'unexpected-object', object: foreign, block: undefined }]);
});

test('the checkpoint of each hour is missed, one that was handed outside is not', async () => {
  copyOf(large);
  // Block 69 is the first of 01:00.
  for (const size of [70, 130]) {
    rmSync(at(`log/checkpoints/${size}`));
    const object = `log/checkpoints/${size}`;
    expect(found((await verify()).report)).toEqual([{ code: 'checkpoint-missing', object, block: undefined }]);
    writeFileSync(at(object), large.checkpoints[size - 1] ?? '');
  }
  rmSync(at('log/checkpoints/259'));
  expect((await verify()).code).toBe(0);
});

test('a kept checkpoint keeps its tiles, other sizes may lose theirs', async () => {
  for (const [folderName, code] of [
    ['0', 'tile-missing'],
    ['entries', 'entries-missing'],
  ] as const) {
    const object = `log/tile/${folderName}/000.p/${lastKept}`;
    renameSync(at(object), at('aside'));
    expect(found((await verify()).report)).toEqual([{ code, object, block: undefined }]);
    renameSync(at('aside'), at(object));
    rmSync(at(`log/tile/${folderName}/000.p/22`));
  }
  expect(await verify()).toMatchObject({ code: 0, report: { blocks } });
});

test('the newest checkpoint kept under its size as well is what it was', async () => {
  writeFileSync(at(`log/checkpoints/${blocks}`), original.checkpoints.at(-1) ?? '');
  expect(await verify()).toMatchObject({ code: 0, report: { problems: [], warnings: [] } });
  writeFileSync(at(`log/checkpoints/${blocks}`), original.checkpoints.at(-2) ?? '');
  expect(found((await verify()).report)).toMatchObject([{ code: 'checkpoint-altered' }]);
});

test('the report tells policy, segments and how long a block must stay, with the data key its log groups', async () => {
  const { report } = await verify(...withRecords());
  expect(report.sealed).toHaveLength(blocks);
  expect(report.sealed?.[4]).toEqual({
    block: 4,
    version: 1,
    records: 7,
    policy: null,
    segments: ['segment-4'],
    keepUntil: null,
    logGroups: ['linux'],
  });
  expect(report.sealed?.[20]).toMatchObject({ policy: 'pci-7y', keepUntil: 'never' });
  expect(report.sealed?.[14]).toEqual({
    block: 14,
    version: 2,
    records: 7,
    policy: 'default',
    segments: ['segment-14', 'segment-14-later'],
    keepUntil: '2027-11-22T00:04:59.000003Z',
    logGroups: ['linux'],
  });
  expect(report.sealed?.[15]).toEqual({
    block: 15,
    version: 2,
    records: 0,
    policy: null,
    segments: 0,
    keepUntil: null,
  });
  const plain = await verify();
  expect(plain.report.sealed?.[14]).toMatchObject({ policy: 'default', segments: 2 });
  expect(plain.report.sealed?.[14]).not.toHaveProperty('logGroups');
});
