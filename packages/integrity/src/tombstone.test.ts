/** Records are removed from a block, and everything else of it is as provable as before. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressPayload } from './block-body.ts';
import {
  checkStoredBody,
  dataKeyIdOf,
  decodeStoredBlock,
  parseReplacementKey,
  replacementKey,
  splitBlockObject,
} from './block-object.ts';
import { readBlockRecords, removedPositions } from './block-records.ts';
import { checkOpenedBlock } from './check-payload.ts';
import { cutSegment } from './cut-segment.ts';
import { blockRangesOf } from './disposal.ts';
import { encodeBlock } from './encode-block.ts';
import { joinSegments } from './join-segments.ts';
import { decodeLogEntry, encodeStatement } from './log-entry.ts';
import { encodeReplacementBody, encodeReplacementObject } from './replace-block.ts';
import { createSegmentBuilder } from './segment-builder.ts';
import { sha256 } from './sha256.ts';
import { fitsBlock, readTombstone, tombstoneContent, tombstoneKind, type Tombstone } from './tombstone.ts';

const tenantId = 'tenant-a';
const dataKey = { id: 'data-1', key: Buffer.alloc(32, 5) };
const createdUs = 1_763_536_000_000_000;

function segment(id: string, lines: readonly string[]) {
  const builder = createSegmentBuilder();
  lines.forEach((line, sequence) => {
    const originIndex = builder.addOrigin(Buffer.from(`{"logGroup":"linux","batchId":"${id}"}`));
    const receivedAtUs = createdUs - 1000 + sequence;
    builder.addRecord({ originIndex, flags: 0, receivedAtUs, sequence, notes: null, record: Buffer.from(line) });
  });
  return { segmentId: id, ...builder.finish() };
}

function blockOf(lines: readonly string[], later: readonly string[]) {
  const content = joinSegments([segment('one', lines), ...(later.length === 0 ? [] : [segment('two', later)])]);
  const block = encodeBlock({
    ...content,
    tenantId,
    block: 3,
    policy: 'default',
    keepUntilUs: 'never',
    createdUs,
    dataKey,
    nonce: Buffer.alloc(12, 9),
    maskingVersion: 'v1',
  });
  return openOf(block.object);
}

function openOf(object: Buffer) {
  const split = splitBlockObject(object);
  if (!split.ok) throw new Error('no block');
  expect(checkStoredBody(split)).toBe('ok');
  expect(dataKeyIdOf(split)).toBe(dataKey.id);
  const opened = decodeStoredBlock(split, { tenantId, blockNumber: 3, key: dataKey.key });
  if (!opened.ok) throw new Error(opened.code);
  return { ...split, payload: opened.payload, segments: opened.segments };
}

function replace(block: ReturnType<typeof blockOf>, positions: readonly number[], tombstone = 9) {
  const body = encodeReplacementBody(block, { positions: new Set(positions), key: dataKey.key });
  const facts = { tombstone, bodySha256: sha256(body), bodyLength: body.length, dataKeyId: dataKey.id };
  return { body, object: encodeReplacementObject(facts, { headerBytes: block.headerBytes, body }) };
}

const lines = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 12 });

describe('a replacement', () => {
  test('holds every other record at its place, and gives the root of the block, whatever was removed', () => {
    fc.assert(
      fc.property(
        lines,
        fc.array(fc.string(), { maxLength: 6 }),
        fc.infiniteStream(fc.boolean()),
        (first, later, stays) => {
          const block = blockOf(first, later);
          const all = [...first, ...later];
          const removed = all.flatMap((_, leaf) => (stays.next().value === true ? [] : [leaf]));
          const opened = openOf(replace(block, removed).object);
          expect(opened.replacement?.tombstone).toBe(9);
          expect(opened.headerBytes).toEqual(block.headerBytes);
          expect(removedPositions(opened.payload)).toEqual(removed);
          const records = [...readBlockRecords(opened.payload)];
          const texts = records.map(({ isRemoved, record }) => (isRemoved ? null : record.toString('utf8')));
          expect(texts).toEqual(
            all.map((line, leaf) => (removed.includes(leaf) ? null : Buffer.from(line).toString('utf8'))),
          );
          const places = (payload: Buffer) =>
            [...readBlockRecords(payload)].map(({ leaf, receivedAtUs }) => [leaf, receivedAtUs]);
          expect(places(opened.payload)).toEqual(places(block.payload));
          expect(checkOpenedBlock(opened.header, opened, { removed })).toBe('ok');
          expect(checkOpenedBlock(opened.header, opened, { removed: 'any' })).toBe('ok');
          if (removed.length > 0) expect(checkOpenedBlock(opened.header, opened)).toBe('removed');
          const cut = cutSegment(opened.payload, { firstLeaf: 0, records: first.length });
          expect([...readBlockRecords(cut)].map(({ leaf }) => leaf)).toEqual(first.map((_, leaf) => leaf));
        },
      ),
    );
  });

  test('of a replacement lacks what both removed, and the same request gives the same bytes', () => {
    const block = blockOf(['a', 'card 4111111111111111', 'b'], ['c', 'card 5500005555555559']);
    const first = replace(block, [1]);
    expect(replace(block, [1]).object).toEqual(first.object);
    const second = openOf(replace(openOf(first.object), [4], 12).object);
    expect(removedPositions(second.payload)).toEqual([1, 4]);
    expect(checkOpenedBlock(second.header, second, { removed: [1, 4] })).toBe('ok');
    expect(second.payload.includes('4111111111111111')).toBe(false);
    expect(second.payload.includes('5500005555555559')).toBe(false);
    expect(compressPayload(second.payload).length).toBeGreaterThan(0);
  });

  test('does not open as the block, nor the block as a replacement', () => {
    const block = blockOf(['a', 'b'], []);
    const { body } = replace(block, [1]);
    const place = { tenantId, blockNumber: 3, key: dataKey.key };
    expect(decodeStoredBlock({ ...block, body }, place)).toEqual({ ok: false, code: 'not-authentic' });
    const facts = { tombstone: 9, bodySha256: sha256(block.body), bodyLength: block.body.length, dataKeyId: 'data-1' };
    const dressed = splitBlockObject(encodeReplacementObject(facts, block));
    expect(dressed.ok && decodeStoredBlock(dressed, place)).toEqual({ ok: false, code: 'not-authentic' });
  });

  test('with another hash in the place of a record gives another root', () => {
    const opened = openOf(replace(blockOf(['a', 'b', 'c'], []), [1]).object);
    const payload = Buffer.from(opened.payload);
    const record = [...readBlockRecords(payload)].at(-1);
    const hashEnd = (record?.leafBytes.byteOffset ?? 0) - payload.byteOffset - 16;
    payload.writeUInt8((payload[hashEnd - 1] ?? 0) ^ 1, hashEnd - 1);
    expect(checkOpenedBlock(opened.header, { payload, segments: opened.segments }, { removed: [1] })).toBe('root');
  });

  test('has a key that tells its block and its tombstone', () => {
    const key = replacementKey({ block: 3, createdUs }, 9);
    expect(key).toBe('blocks/2025/11/19/000000000003.r000000000009.akb');
    expect(parseReplacementKey(key)).toEqual({ original: 'blocks/2025/11/19/000000000003.akb', tombstone: 9 });
    expect(parseReplacementKey('blocks/2025/11/19/000000000003.akb')).toBeNull();
  });

  test('refuses positions that the block does not have', () => {
    expect(() => replace(blockOf(['a'], []), [1])).toThrow(RangeError);
  });
});

describe('a tombstone', () => {
  const tombstone: Tombstone = {
    block: 3,
    ranges: blockRangesOf([1, 2, 7]),
    reason: 'カード番号',
    rule: { id: 'masking', version: 'cards-3', requirement: 'pci:4.0.1:3.5.1' },
    asked: { id: 'a', name: 'Sato' },
    approved: { id: 'b', name: 'Suzuki' },
    replacement: { bodySha256: Buffer.alloc(32, 1), bodyLength: 10, dataKeyId: 'data-1' },
  };
  const stated = (content = tombstoneContent(tombstone), entry = 9) => {
    const decoded = decodeLogEntry(encodeStatement({ tenantId, entry, kind: tombstoneKind, createdUs, content }));
    return decoded.ok && decoded.kind === 'statement' ? readTombstone(decoded.statement) : null;
  };

  test('says what was put into it', () => {
    const { replacement, ...rest } = stated() ?? tombstone;
    expect({ ...rest, hash: Buffer.from(replacement.bodySha256) }).toEqual({
      block: 3,
      ranges: tombstone.ranges,
      reason: 'カード番号',
      rule: tombstone.rule,
      asked: tombstone.asked,
      approved: tombstone.approved,
      hash: Buffer.alloc(32, 1),
    });
    expect(fitsBlock(tombstone, blockOf(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'], []).header)).toBe(true);
    expect(fitsBlock(tombstone, blockOf(['a', 'b', 'c', 'd', 'e', 'f', 'g'], []).header)).toBe(false);
  });

  test.each<[string, Record<string, unknown>]>([
    ['another count', { count: 4 }],
    ['one person alone', { approved: tombstone.asked }],
    ['a rule that is none', { rule: { id: 'wish', version: '1', requirement: 'x' } }],
    ['positions in another spelling', { records: '1-2,3,7' }],
    [
      'a body of no length',
      { replacement: { bodySha256: Buffer.alloc(32).toString('base64'), bodyLength: 0, dataKey: 'd' } },
    ],
    ['one member more', { more: 1 }],
  ])('with %s says nothing', (_, change) => {
    expect(stated({ ...tombstoneContent(tombstone), ...change } as ReturnType<typeof tombstoneContent>)).toBeNull();
  });

  test('of a block that comes later says nothing', () => {
    expect(stated(undefined, 3)).toBeNull();
  });
});
