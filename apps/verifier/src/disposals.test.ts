/** Blocks that are gone because their time was over are explained by a statement; every other reason is found. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  blockRangesOf,
  decodeLogEntry,
  disposalContent,
  keepUntilOf,
  sumDisposed,
  type Disposal,
  type SealedHeader,
} from '@akashi/integrity';
import { describe, expect, test } from 'vitest';
import {
  at,
  found,
  prepareArchives,
  temporary,
  verify,
  verifyAt,
  verifyText,
  withRecords,
} from './altered-archive.fixtures.ts';
import { archiveSteps, startUs, writeObject, type ArchivePlan } from './archive.fixtures.ts';

prepareArchives();

const yearUs = 366 * 86_400_000_000;
/** The entry that is the disposal, after a year; the first eight blocks came before it. */
const entry = 8;
const rule = { id: 'kept-days', requirement: 'pci:4.0.1:10.5.1' };
/** Block 0 and 5 never expire, 3 and 7 are heartbeats. */
const due = [1, 2, 4, 6];

interface Wanted {
  readonly numbers?: readonly number[];
  readonly change?: (disposal: Disposal) => Partial<Disposal>;
  readonly stepUs?: number;
  readonly repeated?: boolean;
  readonly versionOne?: number;
}

/** Where each block lies. */
const objects = new Map<number, string>();
const objectOf = (block: number): string => objects.get(block) ?? '';

/** Writes a log in whose middle a year passes, with a disposal of the first blocks behind it. */
function write({ numbers = due, change = () => ({}), stepUs = yearUs, repeated, versionOne = 0 }: Wanted = {}): void {
  verifyAt(join(temporary, 'disposed'));
  rmSync(at(''), { recursive: true, force: true });
  const headers = new Map<number, SealedHeader>();
  objects.clear();
  const statements: ArchivePlan['statements'] = (number) => {
    if (number !== entry && !(repeated === true && number === entry + 1)) return null;
    const blocks = numbers.flatMap((each) => headers.get(each) ?? []);
    const keepUs = blocks.map(({ header }) => keepUntilOf(header)).filter((until) => until !== 'never');
    const sums = sumDisposed(blocks);
    const disposal = { ...sums, ranges: blockRangesOf(numbers), dueUs: Math.max(...keepUs, startUs), rule };
    return { kind: 'disposal', content: disposalContent({ ...disposal, ...change(disposal) }) };
  };
  const plan = {
    blocks: 14,
    versionOne,
    statements,
    stepUs: (block: number) => (block === entry ? stepUs : 60_000_000),
  };
  for (const { object, bytes } of archiveSteps(plan)) {
    if (bytes !== null) writeObject(at(''), object, bytes);
    const split = object.startsWith('blocks/') && bytes !== null ? Buffer.from(bytes) : null;
    if (split === null) continue;
    const header = split.subarray(0, split.indexOf('\n\n') + 1);
    const decoded = decodeLogEntry(header);
    if (!decoded.ok || decoded.kind !== 'block') continue;
    headers.set(decoded.number, { bytes: header, header: decoded.header });
    objects.set(decoded.number, object);
  }
}

const remove = (...blocks: number[]): void => blocks.forEach((block) => rmSync(at(objectOf(block))));
const problems = async () => found((await verify()).report).map(({ code, block }) => ({ code, block }));

describe('a disposal', () => {
  test('explains what is gone, with and without the data key', async () => {
    write();
    remove(...due);
    for (const options of [[], withRecords()]) {
      const { code, report } = await verify(...options);
      expect([code, report.problems]).toEqual([0, []]);
      expect(report).toMatchObject({ size: 14, blocks: 9, statements: 1 });
      expect(report.pruned).toMatchObject({ blocks: 4, statements: 1, firstBlock: 1 });
    }
  });

  test('is nothing to complain of before the first object went, nor between any two', async () => {
    write();
    for (const block of due) {
      const { code, report } = await verify();
      expect([code, report.problems]).toEqual([0, []]);
      expect(report.warnings.map(({ code: each }) => each)).toContain('removal-pending');
      remove(block);
    }
    expect((await verify()).report.warnings.map(({ code }) => code)).not.toContain('removal-pending');
  });

  test('is told of in words', async () => {
    write();
    remove(...due);
    expect(await verifyText('en')).toMatch(
      /Pruned by policy: 4 blocks with \d+ records are gone because their retention was over/,
    );
    expect(await verifyText('ja')).toContain('保存期間を過ぎて廃棄済み: 4 ブロック');
  });

  test('of blocks of version 1 holds when a year was over for them', async () => {
    write({ versionOne: 8, numbers: [0, 1, 2, 3] });
    remove(0, 1, 2, 3);
    const { code, report } = await verify();
    expect([code, report.problems, report.pruned.blocks]).toEqual([0, [], 4]);
  });

  test('explains nothing that it does not list', async () => {
    write();
    remove(...due, 9);
    expect(await problems()).toEqual([{ code: 'block-missing', block: 9 }]);
  });

  test('does not explain an object that was altered', async () => {
    write();
    remove(1, 2, 4);
    writeObject(at(''), objectOf(6), 'something else');
    expect(await problems()).toEqual([{ code: 'block-header-altered', block: 6 }]);
  });
});

describe('a disposal that is not lawful', () => {
  test('of blocks that never expire, or whose time is not over, is found, gone or not', async () => {
    for (const wanted of [{ numbers: [1, 2, 5] }, { stepUs: yearUs - 2 * 86_400_000_000 }] as Wanted[]) {
      write(wanted);
      const early = wanted.numbers === undefined ? due : [5];
      expect(await problems()).toEqual(early.map((block) => ({ code: 'disposed-early', block })));
      remove(...(wanted.numbers ?? due));
      expect((await problems()).filter(({ code }) => code === 'disposed-early')).toHaveLength(early.length);
      expect((await problems()).filter(({ code }) => code === 'block-missing')).toHaveLength(early.length);
    }
  });

  test.each<[string, Wanted]>([
    ['with another root', { change: () => ({ root: Buffer.alloc(32, 7) }) }],
    ['with another count', { change: ({ count }) => ({ count: count + 1 }) }],
    ['with fewer records', { change: ({ records }) => ({ records: records - 1 }) }],
    [
      'with a later first record',
      { change: ({ firstReceivedUs }) => ({ firstReceivedUs: (firstReceivedUs ?? 0) + 1 }) },
    ],
    [
      'with an earlier last record',
      { change: ({ lastReceivedUs }) => ({ lastReceivedUs: (lastReceivedUs ?? 0) - 1 }) },
    ],
    ['with another policy', { change: () => ({ policies: ['default', 'other'] }) }],
    ['that lists one block more', { change: () => ({ ranges: blockRangesOf([1, 2, 4, 6, 7]) }) }],
    ['that lists another block', { change: () => ({ ranges: blockRangesOf([1, 2, 4, 7]) }) }],
    ['that lists itself', { change: () => ({ ranges: blockRangesOf([1, 2, 4, entry]) }) }],
    ['that lists what is to come', { change: () => ({ ranges: blockRangesOf([1, 2, 4, 9]) }) }],
    ['that was due before it', { change: ({ dueUs }) => ({ dueUs: dueUs - 1 }) }],
    ['that was due after it was said', { change: () => ({ dueUs: startUs + 2 * yearUs }) }],
    ['that says the same as another', { repeated: true }],
  ])('%s is found', async (_, wanted) => {
    write(wanted);
    expect(await problems()).toContainEqual({ code: 'disposal-false', block: wanted.repeated === true ? 9 : entry });
  });
});
