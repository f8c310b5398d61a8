/** Records that a tombstone removed are explained; a replacement that is not what it says, and every other gap, is found. */
import { execFileSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  blockRangesOf,
  decodeStoredBlock,
  encodeReplacementBody,
  encodeReplacementObject,
  replacementKey,
  sha256,
  splitBlockObject,
  tombstoneContent,
  tombstoneKind,
  type StatementValue,
} from '@akashi/integrity';
import { describe, expect, test } from 'vitest';
import {
  at,
  flip,
  found,
  prepareArchives,
  temporary,
  verify,
  verifyAt,
  verifyText,
  withRecords,
} from './altered-archive.fixtures.ts';
import { archiveSteps, dataKey, dataKeyId, tenantId, verifierKey, writeObject } from './archive.fixtures.ts';

prepareArchives();

const rule = { id: 'masking', version: 'cards-2', requirement: 'pci:4.0.1:3.5.1' } as const;
const asked = { id: 'a1', name: 'Sato' };
const approved = { id: 'a2', name: 'Suzuki' };

interface Wanted {
  /** Entry of each tombstone, and the positions that it removes from block 4. */
  readonly tombstones?: Readonly<Record<number, readonly number[]>>;
  readonly block?: number;
  readonly versionOne?: number;
  readonly change?: (content: Record<string, StatementValue>) => Record<string, StatementValue>;
}

const two = { 8: [1, 3], 10: [0] };
let original = '';
/** By entry of the tombstone. */
let replacements = new Map<number, string>();

/** Writes a log with tombstones of block 4, and every object that there ever was. */
function write({ tombstones = two, block = 4, versionOne = 0, change = (content) => content }: Wanted = {}): void {
  verifyAt(join(temporary, 'tombstones'));
  rmSync(at(''), { recursive: true, force: true });
  replacements = new Map();
  let current: Buffer | null = null;
  const statements = (entry: number) => {
    const positions = tombstones[entry];
    if (positions === undefined) return null;
    const split = splitBlockObject(current ?? Buffer.alloc(0));
    if (!split.ok) throw new Error('no block to remove records from');
    const opened = decodeStoredBlock(split, { tenantId, blockNumber: split.header.block, key: dataKey });
    if (!opened.ok) throw new Error(opened.code);
    const body = encodeReplacementBody({ ...split, ...opened }, { positions: new Set(positions), key: dataKey });
    const replacement = { bodySha256: sha256(body), bodyLength: body.length, dataKeyId };
    current = encodeReplacementObject({ tombstone: entry, ...replacement }, { headerBytes: split.headerBytes, body });
    replacements.set(entry, replacementKey(split.header, entry));
    writeObject(at(''), replacementKey(split.header, entry), current);
    const ranges = blockRangesOf(positions);
    const content = tombstoneContent({ block, ranges, reason: 'カード番号', rule, asked, approved, replacement });
    return { kind: tombstoneKind, content: change(content as Record<string, StatementValue>) };
  };
  for (const { object, bytes } of archiveSteps({ blocks: 14, versionOne, statements })) {
    if (bytes !== null) writeObject(at(''), object, bytes);
    if (!object.startsWith('blocks/') || !object.endsWith('000004.akb') || bytes === null) continue;
    original = object;
    current = Buffer.from(bytes);
  }
}

const remove = (...objects: (string | undefined)[]): void => objects.forEach((object) => rmSync(at(object ?? '')));
const codes = async (...options: string[]) =>
  found((await verify(...options)).report).map(({ code, block }) => ({ code, block }));

/** The checker in another language, which knows the format from its description alone. */
function otherChecker(): number {
  const script = join(import.meta.dirname, '../../../e2e/verify/check_archive.py');
  try {
    execFileSync('python3', [script, at(''), '--key', verifierKey], { stdio: 'pipe' });
    return 0;
  } catch (error) {
    return (error as { status: number }).status;
  }
}

describe('a tombstone', () => {
  test.each([0, 8])('explains what is gone, with and without the data key (%i of version 1)', async (versionOne) => {
    write({ versionOne });
    remove(original, replacements.get(8));
    for (const options of [[], withRecords()]) {
      const { code, report } = await verify(...options);
      expect([code, report.problems, report.warnings]).toEqual([0, [], []]);
      expect(report).toMatchObject({ size: 14, statements: 2 });
      expect(report).toMatchObject({ removed: { records: 3, blocks: 1, statements: 2, originalsLeft: 0 } });
    }
    expect(otherChecker()).toBe(0);
  });

  test('is nothing to complain of at any moment of its removals', async () => {
    write();
    const warnings = async () => (await verify(...withRecords())).report.warnings.map(({ code }) => code);
    expect([await codes(), await warnings(), otherChecker()]).toEqual([[], ['original-left'], 0]);
    remove(original);
    expect([await codes(), await warnings(), otherChecker()]).toEqual([[], ['original-left'], 0]);
    remove(replacements.get(10));
    expect([await codes(), await warnings(), otherChecker()]).toEqual([[], ['replacement-pending'], 0]);
    write();
    remove(replacements.get(8), replacements.get(10));
    expect([await codes(), await warnings(), otherChecker()]).toEqual([[], ['replacement-pending'], 0]);
  });

  test('is told of in words', async () => {
    write();
    remove(original, replacements.get(8));
    expect(await verifyText('en')).toContain('Explained: 3 records removed by tombstone');
    expect(await verifyText('ja')).toContain('3 件の記録がトゥームストーンにより削除');
  });

  test('explains no gap when its replacement is gone as well', async () => {
    write();
    remove(original, ...replacements.values());
    expect(await codes()).toEqual([{ code: 'block-missing', block: 4 }]);
    expect(otherChecker()).toBe(1);
  });

  test('does not cover for a replacement that was altered, nor for an original that was', async () => {
    write();
    remove(replacements.get(8));
    flip(replacements.get(10) ?? '', 900);
    expect(await codes()).toContainEqual({ code: 'replacement-altered', block: 4 });
    expect(otherChecker()).toBe(1);
    write();
    flip(original, 700);
    expect(await codes()).toContainEqual({ code: 'block-body-altered', block: 4 });
    expect(otherChecker()).toBe(1);
  });

  test('does not make room for a replacement that no tombstone names', async () => {
    write();
    const foreign = (replacements.get(10) ?? '').replace('r000000000010', 'r000000000011');
    writeObject(at(''), foreign, 'something');
    expect(existsSync(at(foreign))).toBe(true);
    expect(await codes()).toEqual([{ code: 'unexpected-object', block: undefined }]);
    expect(otherChecker()).toBe(1);
  });
});

describe('a tombstone that is false', () => {
  test.each<[string, Wanted]>([
    ['of a block that is a heartbeat', { block: 3 }],
    ['of what is to come', { block: 12 }],
    ['of records that the block does not have', { change: (content) => ({ ...content, records: '1,900' }) }],
    ['of another count', { change: (content) => ({ ...content, count: 7 }) }],
    ['that nobody else approved', { change: (content) => ({ ...content, approved: content['asked'] ?? null }) }],
    ['without a version of its rule', { change: (content) => ({ ...content, rule: { id: 'masking' } }) }],
  ])('%s is found', async (_, wanted) => {
    write({ tombstones: { 8: [1, 3] }, ...wanted });
    expect(await codes()).toContainEqual({ code: 'tombstone-false', block: 8 });
    expect(otherChecker()).toBe(1);
  });

  test('that removes other records than its replacement lacks is found with the data key', async () => {
    write({ tombstones: { 8: [1, 3] }, change: (content) => ({ ...content, records: '1-2' }) });
    remove(original);
    expect(await codes()).toEqual([]);
    expect(await codes(...withRecords())).toEqual([{ code: 'records-mismatch', block: 4 }]);
  });
});
