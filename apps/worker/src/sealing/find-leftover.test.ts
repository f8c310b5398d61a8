import { randomBytes } from 'node:crypto';
import type { TenantArchive } from '@akashi/archive';
import type { SealedShare } from '@akashi/database';
import {
  appendToLog,
  createSegmentBuilder,
  decodeBlockHeader,
  emptyLogEdge,
  encodeBlock,
  encodeBlockHeader,
  encodeBlockBody,
  encodeBlockObject,
  encodeHeartbeat,
  encodeStatement,
  joinSegments,
  sha256,
  type BlockInput,
  type EncodedBlock,
} from '@akashi/integrity';
import { encodeBatchOrigin } from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import { findLeftover, type Leftover } from './find-leftover.ts';

const tenantId = '0199d0c0-0000-7000-8000-000000000001';
const nowUs = Date.UTC(2026, 10, 22, 12) * 1000;
const dataKey = { id: 'data-0001-00000000', key: randomBytes(32) };
const keys = { dataKey: () => dataKey };

const source = { id: 'test', kind: 'http', address: '127.0.0.1' } as const;
const origin = encodeBatchOrigin({ batchId: 'b', logGroup: 'web', logStream: 'one', source });

const sharesOf = (...records: number[]): SealedShare[] =>
  records.map((count, index) => ({ segmentId: `segment-${index + 1}`, records: count }));
const webOf = (records: number): unknown[] => [
  { logGroup: 'web', records, firstReceivedUs: expect.any(Number), lastReceivedUs: expect.any(Number) },
];

function segmentOf(segmentId: string, lines: readonly string[]) {
  const builder = createSegmentBuilder();
  const originIndex = builder.addOrigin(origin);
  lines.forEach((line, sequence) => {
    const record = Buffer.from(line);
    builder.addRecord({ originIndex, flags: 0, receivedAtUs: nowUs + sequence, sequence, notes: null, record });
  });
  return { segmentId, ...builder.finish() };
}

const whole = [segmentOf('segment-1', ['one', 'two', 'three']), segmentOf('segment-2', ['four'])];

function blockOf(changed: Partial<BlockInput> = {}): EncodedBlock {
  return encodeBlock({
    ...joinSegments(whole),
    tenantId,
    block: 7,
    policy: 'default',
    keepUntilUs: 'never',
    createdUs: nowUs + 10,
    maskingVersion: 'test-1',
    dataKey,
    nonce: randomBytes(12),
    ...changed,
  });
}

/** As it was written before a block could hold several segments. */
function blockOfVersion1(): { key: string; object: Buffer; headerBytes: Buffer } {
  const segment = segmentOf('segment-1', ['one', 'two']);
  const { root, records, firstReceivedUs, lastReceivedUs } = joinSegments([segment]);
  const position = { version: 1, tenantId, blockNumber: 7 } as const;
  const body = encodeBlockBody({ ...position, payload: segment.payload, key: dataKey.key, nonce: randomBytes(12) });
  const headerBytes = encodeBlockHeader({
    version: 1,
    tenantId,
    block: 7,
    segmentId: 'segment-1',
    records,
    firstReceivedUs,
    lastReceivedUs,
    createdUs: nowUs + 10,
    root,
    bodySha256: sha256(body),
    bodyLength: body.length,
    dataKeyId: dataKey.id,
    maskingVersion: 'test-1',
  });
  return { key: blockOf().key, headerBytes, object: encodeBlockObject(headerBytes, body) };
}

/** The object as somebody leaves it who alters the body and lets the header say so. */
function withBody({ body, headerBytes }: EncodedBlock, alter: (body: Buffer) => Buffer): Buffer {
  const decoded = decodeBlockHeader(headerBytes);
  if (!decoded.ok) throw new Error('a header of our own does not decode');
  const altered = alter(Buffer.from(body));
  const header = { ...decoded.header, bodySha256: sha256(altered), bodyLength: altered.length };
  return encodeBlockObject(encodeBlockHeader(header), altered);
}

function find(key: string, object: Buffer): Promise<Leftover | undefined> {
  const archive: Pick<TenantArchive, 'get'> = { get: (asked) => Promise.resolve(asked === key ? object : null) };
  return findLeftover({ archive, keys }, { tenantId, block: 7, fromUs: nowUs, untilUs: nowUs + 20 });
}

describe('a block that a crash left without its log entry', () => {
  it('is adopted when its body is what its header says, with the segments that its body names', async () => {
    const { key, object, headerBytes } = blockOf();
    expect(await find(key, object)).toEqual({
      key,
      bytes: headerBytes,
      content: { segments: sharesOf(3, 1), logGroups: webOf(4) },
    });
    const former = blockOfVersion1();
    const adopted = { key, bytes: former.headerBytes, content: { segments: sharesOf(2), logGroups: webOf(2) } };
    expect(await find(former.key, former.object)).toEqual(adopted);
  });

  const sound = blockOf();
  const flip = (body: Buffer): Buffer => body.fill((body[20] ?? 0) ^ 1, 20, 21);
  const others = joinSegments([segmentOf('segment-1', ['one', 'other', 'three']), segmentOf('segment-2', ['four'])]);
  const oneSegment = joinSegments([segmentOf('segment-1', ['one', 'two', 'three', 'four'])]);
  it.each([
    ['does not decrypt', withBody(sound, flip)],
    ['is too short to hold anything', withBody(sound, () => Buffer.alloc(5))],
    ['was sealed with another key', blockOf({ dataKey: { id: dataKey.id, key: randomBytes(32) } }).object],
    ['does not decompress', blockOf({ compressed: Buffer.from('not zstd') } as Partial<BlockInput>).object],
    ['is no payload', blockOf({ payload: Buffer.from('not a payload') }).object],
    ['has no segment table', blockOf({ payload: Buffer.alloc(0) }).object],
    ['holds other records', blockOf({ payload: others.payload }).object],
    ['holds other segments', blockOf({ payload: oneSegment.payload }).object],
    ['holds fewer records than are claimed', blockOf({ records: 5 }).object],
    ['holds records of another time', blockOf({ lastReceivedUs: nowUs + 3 }).object],
  ])('is refused when its body %s', async (_, object) => {
    await expect(find(sound.key, object)).rejects.toMatchObject({ code: 'leftover-unreadable', object: sound.key });
  });

  it('is refused when its body is not the one that its header commits to', async () => {
    const object = Buffer.concat([sound.object, Buffer.from('x')]);
    await expect(find(sound.key, object)).rejects.toMatchObject({ code: 'archive-object-conflict', object: sound.key });
  });
});

describe('an entry without an object that a crash left before its checkpoint', () => {
  const key = 'log/tile/entries/000.p/8';
  const entryOf = (block: number, createdUs: number): Buffer =>
    encodeHeartbeat({ tenantId, block, createdUs, maskingVersion: 'test-1' });
  const statementOf = (entry: number, createdUs: number): Buffer =>
    encodeStatement({ tenantId, entry, kind: 'disposal', createdUs, content: { count: 1 } });
  function bundleWith(entry: Buffer): Buffer {
    const before = Array.from({ length: 7 }, (_, block) => entryOf(block, nowUs));
    const { objects } = appendToLog(emptyLogEdge, [...before, entry]);
    return objects.find(({ path }) => `log/${path}` === key)?.bytes ?? Buffer.alloc(0);
  }

  it('is adopted from the entry bundle, the only thing that it leaves', async () => {
    for (const entry of [entryOf(7, nowUs + 5), statementOf(7, nowUs + 5)]) {
      expect(await find(key, bundleWith(entry))).toEqual({
        key,
        bytes: entry,
        content: { segments: [], logGroups: [] },
      });
      expect(await find('log/tile/entries/000.p/9', bundleWith(entry))).toBeUndefined();
    }
  });

  it.each([
    ['is no entry bundle', Buffer.from('x')],
    ['has another number of entries', bundleWith(entryOf(7, nowUs)).subarray(0, -300)],
    ['ends in a block without its object', bundleWith(blockOf().headerBytes)],
    ['ends in the header of another block', bundleWith(entryOf(8, nowUs + 5))],
    ['ends in a heartbeat from before the newest block', bundleWith(entryOf(7, nowUs - 1))],
    ['ends in a heartbeat of the future', bundleWith(entryOf(7, nowUs + 21))],
    ['ends in the statement of another entry', bundleWith(statementOf(8, nowUs + 5))],
    ['ends in a statement of the future', bundleWith(statementOf(7, nowUs + 21))],
  ])('is refused when what is there %s', async (_, bundle) => {
    await expect(find(key, bundle)).rejects.toMatchObject({ code: 'archive-object-conflict', object: key });
  });
});
