/** The log and its checkpoints, altered, removed, cut, forked and moved; the verifier has to name what was done. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, signCheckpoint, logOrigin, splitBlockObject } from '@akashi/integrity';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  at,
  blocks,
  blockMinutes,
  copyOf,
  flip,
  folder,
  found,
  large,
  lastKept,
  manyBlocks,
  objectOf,
  original,
  prepareArchives,
  read,
  temporary,
  verify,
  verifyAt,
  withRecords,
} from './altered-archive.fixtures.ts';
import { keyFromSeed, signingKey, tenantId, writeArchive, writeObject } from './archive.fixtures.ts';

prepareArchives();

describe('the log', () => {
  beforeEach(() => copyOf(large));

  test('is proven after partial tiles gave way to full ones', async () => {
    expect(await verify()).toMatchObject({ code: 0, report: { size: manyBlocks, blocks: manyBlocks, warnings: [] } });
  });

  const tiles = ['log/tile/0/000', 'log/tile/0/001.p/14', 'log/tile/1/000.p/1'];
  const partials = ['log/tile/0/001.p/3', 'log/tile/0/001.p/13'];

  test.each([...tiles, ...partials])('a flipped bit in %s is named', async (object) => {
    const length = read(object).length;
    for (const byte of [0, length - 1]) {
      flip(object, byte, 3);
      const { code, report } = await verify();
      expect(code).toBe(1);
      expect(found(report)).toEqual([{ code: 'tile-altered', object, block: undefined }]);
      flip(object, byte, 3);
    }
  });

  test.each([...tiles, 'log/tile/0/001.p/3'])('%s removed or cut is named', async (object) => {
    const bytes = read(object);
    writeFileSync(at(object), bytes.subarray(0, -1));
    expect(await verify()).toMatchObject({ code: 1, report: { problems: [{ code: 'tile-altered', object }] } });
    rmSync(at(object));
    expect(await verify()).toMatchObject({ code: 1, report: { problems: [{ code: 'tile-missing', object }] } });
  });

  test.each([
    ['log/tile/entries/000', 3],
    ['log/tile/entries/001.p/14', 258],
  ])('a flipped bit in an entry of %s is named to its block', async (object, block) => {
    const header = splitBlockObject(read(objectOf(block)));
    if (!header.ok) throw new Error('no block');
    const start = read(object).indexOf(header.headerBytes);
    for (const byte of [0, 60, header.headerBytes.length - 1]) {
      flip(object, start + byte, 1);
      const { code, report } = await verify();
      expect(code).toBe(1);
      expect(report.problems).toContainEqual(expect.objectContaining({ code: 'entries-altered', object, block }));
      flip(object, start + byte, 1);
    }
  });

  test('a broken or removed bundle is named, and nothing else is blamed', async () => {
    const object = 'log/tile/entries/000';
    flip(object, 0);
    expect(found((await verify()).report)).toEqual([{ code: 'entries-altered', object, block: undefined }]);
    rmSync(at(object));
    expect(found((await verify()).report)).toEqual([{ code: 'entries-missing', object, block: undefined }]);
  });

  test('a tile and its bundle rewritten together are found by the signed root', async () => {
    const other = writeArchive(join(temporary, 'other'), {
      blocks: manyBlocks,
      records: (block) => [`other ${block}`],
    });
    for (const object of ['log/tile/0/000', 'log/tile/entries/000', 'log/tile/1/000.p/1']) {
      writeFileSync(at(object), readFileSync(join(other.folder, object)));
    }
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.problems).toContainEqual(
      expect.objectContaining({ code: 'checkpoint-root-mismatch', object: 'log/checkpoint' }),
    );
  });

  test('files that belong to no tree are named', async () => {
    const extra = ['log/tile/0/007', 'log/tile/3/000', 'log/tile/0/abc', 'log/other', 'log/checkpoints/x'];
    for (const object of extra) writeObject(folder, object, 'x');
    const objects = (await verify()).report.problems.map(({ object }) => object);
    expect(objects.sort()).toEqual([...extra].sort());
  });
});

describe('checkpoints', () => {
  test('any flipped bit is found, and the rest is still checked', async () => {
    for (const object of ['log/checkpoint', 'log/checkpoints/10']) {
      const length = read(object).length;
      for (const byte of [0, 12, 60, length - 30, length - 1]) {
        flip(object, byte);
        const { code, report } = await verify();
        expect(code).toBe(1);
        expect(report.problems).toMatchObject([{ object }]);
        // Without the newest one, the newest kept one says how far the log is proven.
        expect(report.blocks).toBe(object === 'log/checkpoint' ? lastKept : blocks);
        flip(object, byte);
      }
    }
  });

  test('removed, exchanged or turned back', async () => {
    rmSync(at('log/checkpoints/7'));
    expect(found((await verify()).report)).toEqual([
      { code: 'checkpoint-missing', object: 'log/checkpoints/7', block: undefined },
    ]);
    writeFileSync(at('log/checkpoints/7'), original.checkpoints[7] ?? '');
    expect(found((await verify()).report)).toMatchObject([{ code: 'checkpoint-altered', object: 'log/checkpoints/7' }]);
    writeFileSync(at('log/checkpoints/7'), original.checkpoints[6] ?? '');
    writeFileSync(at('log/checkpoint'), original.checkpoints[9] ?? '');
    const { code, report } = await verify();
    expect(code).toBe(1);
    expect(report.problems.map((problem) => problem.code)).toContain('checkpoint-not-current');
  });

  test('a signed head that the entries do not give is found', async () => {
    const head = { origin: logOrigin(tenantId), size: blocks, root: sha256(Buffer.of(1)) };
    writeFileSync(at('log/checkpoint'), signCheckpoint(head, signingKey));
    expect(await verify()).toMatchObject({ code: 1 });
  });

  test('another key or another tenant is refused', async () => {
    const other = join(temporary, 'other-signer');
    writeArchive(other, { blocks: 3, key: keyFromSeed(2) });
    verifyAt(other);
    expect((await verify()).report.problems).toMatchObject([
      { code: 'checkpoint-other-key', object: 'log/checkpoint' },
    ]);
  });

  test('a truncated tail is found with a checkpoint held outside, also with everything newer removed', async () => {
    const held = join(temporary, 'held');
    writeFileSync(held, original.checkpoints.at(-1) ?? '');
    verifyAt(join(temporary, 'shorter'));
    writeArchive(folder, { blocks: blocks - 1 });
    expect((await verify()).code).toBe(0);
    expect(await verify('--since', held)).toMatchObject({ code: 1, report: { problems: [{ code: 'log-truncated' }] } });
  });

  test('history rewritten and signed with the stolen key is found with a checkpoint held outside', async () => {
    const held = join(temporary, 'held');
    writeFileSync(held, original.checkpoints[18] ?? '');
    verifyAt(join(temporary, 'rewritten'));
    const records = (block: number): string[] => [block === 15 ? 'rewritten' : `block ${block}`];
    writeArchive(folder, { blocks, records });
    expect((await verify(...withRecords())).code).toBe(0);
    expect(await verify('--since', held)).toMatchObject({
      code: 1,
      report: { problems: [{ code: 'history-rewritten' }] },
    });
  });

  test('a block made earlier than the one before it is named', async () => {
    verifyAt(join(temporary, 'backdated'));
    const made = writeArchive(folder, { blocks: 5, stepUs: (block) => (block === 3 ? -5 : 1) * blockMinutes });
    expect(await verify()).toMatchObject({
      code: 1,
      report: { problems: [{ code: 'time-backwards', object: made.blockObjects[3], block: 3 }] },
    });
  });
});
