import { randomBytes } from 'node:crypto';
import type { TenantArchive } from '@akashi/archive';
import {
  createBlockBuilder,
  decodeBlockHeader,
  encodeBlock,
  encodeBlockHeader,
  encodeBlockObject,
  sha256,
  type BlockInput,
  type EncodedBlock,
} from '@akashi/integrity';
import { describe, expect, it } from 'vitest';
import { findLeftover, type Leftover } from './find-leftover.ts';

const tenantId = '0199d0c0-0000-7000-8000-000000000001';
const nowUs = Date.UTC(2026, 10, 22, 12) * 1000;
const dataKey = { id: 'data-0001-00000000', key: randomBytes(32) };
const keys = { dataKey: () => dataKey };

function payloadOf(lines: readonly string[]) {
  const builder = createBlockBuilder();
  const originIndex = builder.addOrigin(Buffer.from('{}'));
  lines.forEach((line, sequence) => {
    const record = Buffer.from(line);
    builder.addRecord({ originIndex, flags: 0, receivedAtUs: nowUs + sequence, sequence, notes: null, record });
  });
  return builder.finish();
}

function blockOf(changed: Partial<BlockInput> = {}): EncodedBlock {
  const { payload, root, recordCount, firstReceivedUs, lastReceivedUs } = payloadOf(['one', 'two', 'three']);
  return encodeBlock({
    tenantId,
    block: 7,
    segmentId: null,
    records: recordCount,
    firstReceivedUs,
    lastReceivedUs,
    createdUs: nowUs,
    root,
    maskingVersion: 'test-1',
    dataKey,
    nonce: randomBytes(12),
    payload,
    ...changed,
  });
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
  return findLeftover({ archive, keys }, { tenantId, block: 7, fromUs: nowUs, nowUs });
}

describe('a block that a crash left without its log entry', () => {
  it('is adopted when its body is what its header says, also without records', async () => {
    const whole = blockOf();
    expect(await find(whole.key, whole.object)).toMatchObject({ key: whole.key, headerBytes: whole.headerBytes });
    const { payload, root } = createBlockBuilder().finish();
    const heartbeat = blockOf({ payload, root, records: 0, firstReceivedUs: null, lastReceivedUs: null });
    expect(await find(heartbeat.key, heartbeat.object)).toMatchObject({ key: heartbeat.key });
  });

  const other = payloadOf(['one', 'other', 'three']);
  const sound = blockOf();
  const flip = (body: Buffer): Buffer => body.fill((body[20] ?? 0) ^ 1, 20, 21);
  it.each([
    ['does not decrypt', withBody(sound, flip)],
    ['is too short to hold anything', withBody(sound, () => Buffer.alloc(5))],
    ['was sealed with another key', blockOf({ dataKey: { id: dataKey.id, key: randomBytes(32) } }).object],
    ['does not decompress', blockOf({ compressed: Buffer.from('not zstd') } as Partial<BlockInput>).object],
    ['is no payload', blockOf({ payload: Buffer.from('not a payload') }).object],
    ['holds other records', blockOf({ payload: other.payload }).object],
    ['holds fewer records than are claimed', blockOf({ records: 4 }).object],
    ['holds records of another time', blockOf({ lastReceivedUs: nowUs + 3 }).object],
  ])('is refused when its body %s', async (_, object) => {
    await expect(find(sound.key, object)).rejects.toMatchObject({ code: 'leftover-unreadable', object: sound.key });
  });

  it('is refused when its body is not the one that its header commits to', async () => {
    const object = Buffer.concat([sound.object, Buffer.from('x')]);
    await expect(find(sound.key, object)).rejects.toMatchObject({ code: 'archive-object-conflict', object: sound.key });
  });
});
