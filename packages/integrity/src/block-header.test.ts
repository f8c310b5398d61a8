import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasBlockObject, type BlockHeader, type BlockHeaderV1, type BlockHeaderV2 } from './block-header.ts';
import { blockObjectKey, decodeBlockHeader, encodeBlockHeader } from './block-object.ts';
import { encodeHeartbeat } from './encode-block.ts';
import { decodeLogEntry, encodeStatement, type LogEntry } from './log-entry.ts';
import { keepsCheckpoint } from './log-rules.ts';
import { merkleRoot } from './merkle-tree.ts';
import { sha256 } from './sha256.ts';

const latestUs = 4_000_000_000_000_000;
const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,30}$/);
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const time = fc.integer({ min: 0, max: latestUs });
const common = fc
  .record({
    tenantId: name,
    maskingVersion: name,
    dataKeyId: name,
    block: fc.maxSafeNat(),
    records: fc.oneof(fc.constant(0), fc.nat()),
    bodyLength: fc.maxSafeNat().map((length) => Math.max(1, length)),
    createdUs: time,
    root: hash,
    bodySha256: hash,
    received: fc.tuple(time, time),
  })
  .map(({ received, ...rest }) => ({
    ...rest,
    firstReceivedUs: rest.records === 0 ? null : Math.min(...received),
    lastReceivedUs: rest.records === 0 ? null : Math.max(...received),
  }));

const headersV1 = fc
  .tuple(common, fc.option(name, { nil: null }))
  .map(([rest, segmentId]): BlockHeaderV1 => ({ version: 1, ...rest, segmentId }));

const headersV2 = fc
  .record({
    rest: common,
    segments: fc.integer({ min: 1, max: 100_000 }),
    policy: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,31}$/),
    kept: fc.option(fc.nat({ max: latestUs }), { nil: null }),
  })
  .map(({ rest, segments, policy, kept }): BlockHeaderV2 => ({
    version: 2,
    ...rest,
    root: rest.records === 0 ? new Uint8Array(merkleRoot([])) : rest.root,
    segments,
    policy,
    keepUntilUs: kept === null ? 'never' : (rest.lastReceivedUs ?? 0) + kept,
  }));

const heartbeats = fc
  .record({ tenantId: name, maskingVersion: name, block: fc.maxSafeNat(), createdUs: time })
  .map(encodeHeartbeat);

const sample: BlockHeaderV2 = {
  version: 2,
  tenantId: 'tenant-a',
  block: 17,
  policy: 'default',
  records: 4,
  segments: 2,
  firstReceivedUs: 1_732_000_000_000_000,
  lastReceivedUs: 1_732_000_000_000_003,
  createdUs: 1_732_000_001_000_000,
  keepUntilUs: 1_763_536_000_000_003,
  root: sha256(Buffer.of(1)),
  bodySha256: sha256(Buffer.of(2)),
  bodyLength: 99,
  dataKeyId: 'k1',
  maskingVersion: 'v1',
};
const { policy: _policy, segments: _segments, keepUntilUs: _keepUntilUs, ...shared } = sample;
const sampleV1: BlockHeaderV1 = { ...shared, version: 1, segmentId: '01h-seg', dataKeyId: 'k1' };

describe('block header', () => {
  test('decoding gives back the header of either version, and encoding that the same bytes', () => {
    fc.assert(
      fc.property(fc.oneof(headersV1, headersV2), (header: BlockHeader) => {
        const bytes = encodeBlockHeader(header);
        const decoded = decodeBlockHeader(bytes);
        expect(decoded).toEqual({ ok: true, header });
        expect(decoded.ok && encodeBlockHeader(decoded.header)).toEqual(bytes);
      }),
    );
  });

  test('a heartbeat is its header alone', () => {
    fc.assert(
      fc.property(heartbeats, (bytes) => {
        const decoded = decodeBlockHeader(bytes);
        if (!decoded.ok) throw new Error(`line ${decoded.line}`);
        expect(decoded.header).toMatchObject({ version: 2, records: 0, segments: 0, policy: null, dataKeyId: null });
        expect(hasBlockObject(decoded.header)).toBe(false);
        expect(blockObjectKey(decoded.header)).toBeNull();
        expect(encodeBlockHeader(decoded.header)).toEqual(bytes);
      }),
    );
    expect(blockObjectKey(sample)).toBe('blocks/2024/11/19/000000000017.akb');
    expect(hasBlockObject({ ...sampleV1, segmentId: null, records: 0 })).toBe(true);
  });

  test.each([
    ['version 1', encodeBlockHeader(sampleV1)],
    ['version 2', encodeBlockHeader(sample)],
    ['a heartbeat', encodeHeartbeat({ tenantId: 't', block: 3, createdUs: 5, maskingVersion: 'v1' })],
  ])('whatever one edit makes of %s is refused or is canonical again', (_, bytes) => {
    fc.assert(
      fc.property(
        fc.nat({ max: bytes.length }),
        fc.nat({ max: 3 }),
        fc.uint8Array({ maxLength: 3 }),
        (at, cut, put) => {
          const edited = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + cut)]);
          const decoded = decodeBlockHeader(edited);
          if (decoded.ok) expect(encodeBlockHeader(decoded.header)).toEqual(edited);
        },
      ),
      { numRuns: 1000 },
    );
  });

  const text = encodeBlockHeader(sample).toString();
  const beat = encodeHeartbeat({ tenantId: 't', block: 3, createdUs: 5, maskingVersion: 'v1' }).toString();
  test.each([
    [text, 'block: 17', 'block: 017', 3],
    [text, 'policy: default', 'policy: Default', 4],
    [text, 'policy: default', 'policy: -', 4],
    [text, 'policy: default', `policy: ${'a'.repeat(33)}`, 4],
    [text, 'records: 4', 'records: 0', 7],
    [text, 'segments: 2', 'segments: 02', 6],
    [text, 'segments: 2', 'segments: 0', 4],
    [text, '2024-11-19', '2024-11-32', 7],
    [text, '.000000Z', '.000Z', 7],
    [text, 'keep-until: 2025', 'keep-until: 2023', 10],
    [text, /keep-until: .*/, 'keep-until: -', 10],
    [text, 'body-length: 99', 'body-length: 0', 13],
    [text, 'data-key: k1', 'data-key: -', 14],
    [beat, 'segments: 0', 'segments: 1', 4],
    [beat, 'keep-until: -', 'keep-until: never', 10],
    [beat, /root: .*/, `root: ${'A'.repeat(43)}=`, 11],
    [beat, /body-sha256: .*/, `body-sha256: ${'A'.repeat(43)}=`, 12],
    [beat, 'body-length: 0', 'body-length: 1', 13],
    [beat, 'data-key: -', 'data-key: k1', 14],
  ])('another spelling is refused with its line (%#)', (...[whole, from, to, line]) => {
    expect(whole.replace(from, to)).not.toBe(whole);
    expect(decodeBlockHeader(Buffer.from(whole.replace(from, to)))).toEqual({ ok: false, code: 'malformed', line });
  });

  test('lines more, fewer, or of the other version are refused', () => {
    const refused = (edited: string) => expect(decodeBlockHeader(Buffer.from(edited)).ok).toBe(false);
    for (const whole of [text, beat, encodeBlockHeader(sampleV1).toString()]) {
      refused(whole.replace('\n', '\r\n'));
      refused(`${whole}extra: 1\n`);
      refused(whole.slice(0, -1));
      refused(whole.replace('block v1', 'block v3').replace('block v2', 'block v1'));
    }
  });

  test('values that no header can carry are refused when writing', () => {
    for (const bad of [
      { tenantId: 'a b' },
      { block: -1 },
      { records: 0 },
      { segments: 0 },
      { policy: null },
      { keepUntilUs: null },
      { createdUs: 0.5 },
      { root: Buffer.alloc(5) },
    ]) {
      expect(() => encodeBlockHeader({ ...sample, ...bad })).toThrow(RangeError);
    }
  });
});

test('the checkpoint behind the first entry of a UTC hour is kept, and behind each of version 1', () => {
  const hour = Date.UTC(2026, 10, 30, 8) * 1000;
  const entryOf = (bytes: Buffer): LogEntry => {
    const decoded = decodeLogEntry(bytes);
    if (!decoded.ok) throw new Error('an entry of our own does not decode');
    return decoded;
  };
  const blockAt = (createdUs: number): LogEntry => entryOf(encodeBlockHeader({ ...sample, createdUs }));
  const statementAt = (createdUs: number): LogEntry =>
    entryOf(encodeStatement({ tenantId: 't', entry: 4, kind: 'disposal', createdUs, content: {} }));
  for (const at of [blockAt, statementAt]) {
    expect(keepsCheckpoint(at(hour), null)).toBe(true);
    expect(keepsCheckpoint(at(hour), { createdUs: hour - 1 })).toBe(true);
    expect(keepsCheckpoint(at(hour + 3_599_999_999), { createdUs: hour })).toBe(false);
  }
  expect(keepsCheckpoint(entryOf(encodeBlockHeader(sampleV1)), sampleV1)).toBe(true);
});
