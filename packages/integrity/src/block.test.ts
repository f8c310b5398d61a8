import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compressPayload, decodeBlockBody, decompressPayload, encodeBlockBody } from './block-body.ts';
import type { BlockHeaderV2 } from './block-header.ts';
import { blockKey, checkBlockBody, encodeBlockHeader, encodeBlockObject, splitBlockObject } from './block-object.ts';
import { BlockFormatError, readBlockOrigins, readBlockRecords } from './block-records.ts';
import { checkOpenedBlock, checkPayload, locateAlteredRecord } from './check-payload.ts';
import { encodeBlock } from './encode-block.ts';
import { joinSegments, type SegmentToSeal } from './join-segments.ts';
import { merkleRoot } from './merkle-tree.ts';
import { encodeLeaf, recordFlags } from './sealed-record.ts';
import { createSegmentBuilder, type ExpectedRecords, type RecordInput } from './segment-builder.ts';
import { splitSegmentTable } from './segment-table.ts';
import { sha256 } from './sha256.ts';

/** Exhaustive loops on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });

const key = Buffer.alloc(32, 7);
const nonce = Buffer.alloc(12, 9);
const position = { tenantId: 'tenant-a', blockNumber: 17, version: 2 } as const;

const records = fc.array(
  fc.record({
    origin: fc.nat({ max: 3 }),
    flags: fc.constantFrom(0, recordFlags.continuation, recordFlags.moreFollow, recordFlags.maskingFailedClosed),
    receivedAtUs: fc.integer({ min: 0, max: 4_000_000_000_000_000 }),
    sequence: fc.integer({ min: 0, max: 0xffff_ffff }),
    notes: fc.option(fc.uint8Array({ maxLength: 60 }), { nil: null }),
    record: fc.uint8Array({ maxLength: 200 }),
  }),
  { maxLength: 40 },
);

type Input = Omit<RecordInput, 'originIndex'> & { origin: number };

function build(inputs: readonly Input[], expected?: ExpectedRecords) {
  const builder = createSegmentBuilder(expected);
  for (const { origin, ...input } of inputs) {
    builder.addRecord({ ...input, originIndex: builder.addOrigin(Buffer.from(`{"batchId":"${origin}"}`)) });
  }
  const built = builder.finish();
  return { ...built, root: joinSegments([{ segmentId: 's', ...built }]).root };
}

function segmentOf(inputs: readonly Input[], segmentId: string): SegmentToSeal {
  const { root: _root, ...built } = build(inputs);
  return { segmentId, ...built };
}

function sampleBlock() {
  const record = (text: string, sequence: number) => ({
    origin: sequence % 2,
    flags: 0,
    receivedAtUs: 1_732_000_000_000_000 + sequence,
    sequence,
    notes: sequence === 1 ? Buffer.from('[{"rule":"pan","start":0,"length":4}]') : null,
    record: Buffer.from(text),
  });
  return build(['first line', 'second line', 'third line', '四行目'].map(record));
}

function sampleHeader(overrides: Partial<BlockHeaderV2> = {}): BlockHeaderV2 {
  return {
    version: 2,
    tenantId: 'tenant-a',
    block: 17,
    policy: 'default',
    keepUntilUs: 1_763_536_000_000_003,
    segments: 1,
    records: 4,
    dataKeyId: 'k1',
    maskingVersion: 'v1',
    firstReceivedUs: 1_732_000_000_000_000,
    lastReceivedUs: 1_732_000_000_000_003,
    createdUs: 1_732_000_001_000_000,
    root: sha256(Buffer.of(1)),
    bodySha256: sha256(Buffer.of(2)),
    bodyLength: 99,
    ...overrides,
  };
}

describe('block payload', () => {
  test('what goes in comes out, in order, with the root over the canonical leaves', () => {
    fc.assert(
      fc.property(records, (inputs) => {
        const built = build(inputs);
        const read = [...readBlockRecords(built.payload)];
        const origins = readBlockOrigins(built.payload);
        const expected = inputs.map(({ origin, flags, receivedAtUs, sequence, notes, record }) => ({
          origin: `{"batchId":"${origin}"}`,
          receivedAtUs,
          sequence,
          flags: notes !== null && notes.length > 0 ? flags | recordFlags.hasNotes : flags,
          notes: Buffer.from(notes ?? []),
          record: Buffer.from(record),
        }));
        expect(
          read.map(({ originIndex, flags, receivedAtUs, sequence, notes, record }) => ({
            origin: origins[originIndex]?.toString(),
            receivedAtUs,
            sequence,
            flags,
            notes: Buffer.from(notes),
            record: Buffer.from(record),
          })),
        ).toEqual(expected);
        for (const { leafBytes, originIndex, flags, receivedAtUs, sequence, notes, record } of read) {
          const originDigest = sha256(origins[originIndex] ?? Buffer.alloc(0));
          const leaf = encodeLeaf({ flags, originDigest, receivedAtUs, sequence, notes, record });
          expect(leafBytes.equals(leaf)).toBe(true);
        }
        const root = merkleRoot(read.map(({ leafBytes }) => sha256(leafBytes)));
        expect(built.root).toEqual(root);
        const times = inputs.map(({ receivedAtUs }) => receivedAtUs);
        expect(checkPayload(built.payload)).toEqual({
          ok: true,
          root,
          recordCount: inputs.length,
          firstReceivedUs: times.length === 0 ? null : Math.min(...times),
          lastReceivedUs: times.length === 0 ? null : Math.max(...times),
          removed: [],
        });
        expect(built.leafHashes).toEqual(Buffer.concat(read.map(({ leafBytes }) => sha256(leafBytes))));
        expect(built.firstReceivedUs).toBe(times.length === 0 ? null : Math.min(...times));
      }),
    );
  });

  test('a segment grows past its first buffers', () => {
    const line = Buffer.alloc(1000, 'x');
    const builder = createSegmentBuilder();
    const originIndex = builder.addOrigin(Buffer.from('{}'));
    for (let sequence = 0; sequence < 5000; sequence++) {
      builder.addRecord({ originIndex, flags: 0, receivedAtUs: sequence, sequence, notes: null, record: line });
    }
    const built = builder.finish();
    const { payload, recordCount } = built;
    const { root } = joinSegments([{ segmentId: 's', ...built }]);
    const leaves = [...readBlockRecords(payload)].map(({ leafBytes }) => sha256(leafBytes));
    expect(recordCount).toBe(5000);
    expect(merkleRoot(leaves)).toEqual(root);
  });

  test('what was expected changes nothing', () => {
    fc.assert(
      fc.property(records, fc.nat({ max: 60 }), fc.nat({ max: 4_000 }), (inputs, count, bytes) => {
        const built = build(inputs, { count, bytes });
        expect(built.payload.equals(build(inputs).payload)).toBe(true);
        expect(built.root.equals(build(inputs).root)).toBe(true);
      }),
    );
  });

  test('the same records in another order have another root', () => {
    const line = (text: string) => ({
      origin: 0,
      flags: 0,
      receivedAtUs: 5,
      sequence: 0,
      notes: null,
      record: Buffer.from(text),
    });
    expect(build([line('a'), line('b')]).root).not.toEqual(build([line('b'), line('a')]).root);
  });

  test('any changed bit changes the root, or is refused, and sealed bytes are named to the record', () => {
    const { payload, root } = sampleBlock();
    for (let bit = 0; bit < payload.length * 8; bit++) {
      const altered = flipBit(payload, bit);
      const checked = checkPayload(altered);
      const inMarks = bit >= (payload.length - 8) * 8;
      if (checked.ok && checked.root.equals(root)) expect(inMarks).toBe(true);
      expect(locateAlteredRecord(altered, true)).not.toBeUndefined();
    }
    const second = payload.indexOf('second');
    expect(locateAlteredRecord(flipBit(payload, second * 8), true)).toBe(1);
    expect(locateAlteredRecord(payload, true)).toBeNull();
    expect(locateAlteredRecord(payload.subarray(0, payload.indexOf('third') + 2), false)).toBe(2);
  });

  test('hostile lengths and counts are refused without large memory', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          for (const record of readBlockRecords(bytes)) expect(record.leafBytes.length).toBeLessThan(200);
        } catch (error) {
          expect(error).toBeInstanceOf(BlockFormatError);
        }
        checkPayload(bytes);
      }),
    );
  });

  test('unsealable input is refused', () => {
    const builder = createSegmentBuilder();
    const originIndex = builder.addOrigin(Buffer.from('{}'));
    const input = { originIndex, flags: 0, receivedAtUs: 1, sequence: 0, notes: null, record: Buffer.from('x') };
    expect(() => builder.addRecord({ ...input, originIndex: 1 })).toThrow(RangeError);
    expect(() => builder.addRecord({ ...input, notes: Buffer.alloc(65536) })).toThrow(RangeError);
    expect(() => builder.addRecord({ ...input, receivedAtUs: 1.5 })).toThrow(RangeError);
  });
});

describe('segments of a block', () => {
  const plan = fc.array(records, { minLength: 1, maxLength: 5 });
  const join = (segments: readonly (readonly Input[])[]) =>
    joinSegments(segments.map((inputs, index) => segmentOf(inputs, `segment-${index}`)));

  test('stand in the table, and their records in the order of the segments', () => {
    fc.assert(
      fc.property(plan, (segments) => {
        const joined = join(segments);
        const parted = splitSegmentTable(joined.payload);
        const expected = segments.map((inputs, index) => ({ segmentId: `segment-${index}`, records: inputs.length }));
        expect(parted?.segments).toEqual(expected);
        expect(joined.segments).toEqual(expected);
        // What one segment with all of the records would be.
        const whole = build(segments.flat());
        expect(parted?.records.equals(whole.payload)).toBe(true);
        expect(joined.root).toEqual(whole.root);
        const { firstReceivedUs, lastReceivedUs } = whole;
        expect(joined).toMatchObject({ records: whole.recordCount, firstReceivedUs, lastReceivedUs });
      }),
    );
  });

  test('come out of the stored object, which holds what its header says', () => {
    fc.assert(
      fc.property(plan, fc.constantFrom('never' as const, 4_000_000_000_000_000), (segments, keepUntilUs) => {
        const joined = join(segments);
        const made = { tenantId: 'tenant-a', block: 17, createdUs: 4_000_000_000_000_000, maskingVersion: 'v1' };
        const dataKey = { id: 'k1', key };
        const { object } = encodeBlock({ ...joined, ...made, policy: 'pci-7y', keepUntilUs, dataKey, nonce });
        const split = splitBlockObject(object);
        if (!split.ok) throw new Error('not a block');
        const opened = decodeBlockBody({ ...position, body: split.body, key });
        if (!opened.ok) throw new Error(opened.code);
        expect(split.header).toMatchObject({ version: 2, policy: 'pci-7y', keepUntilUs, segments: segments.length });
        expect(opened.segments).toEqual(joined.segments);
        expect(checkOpenedBlock(split.header, opened)).toBe('ok');
        const [first, ...others] = joined.segments;
        const moved = [{ segmentId: 'other', records: (first?.records ?? 0) + 1 }, ...others];
        expect(checkOpenedBlock(split.header, { ...opened, segments: moved })).toBe('segments');
        expect(checkOpenedBlock(split.header, { ...opened, segments: others })).toBe('segments');
        expect(checkOpenedBlock(split.header, { ...opened, segments: null })).toBe('segments');
      }),
    );
  });

  test('are refused when there is none, or one that comes twice or has no name', () => {
    const segment = segmentOf([], 's');
    expect(() => joinSegments([])).toThrow(RangeError);
    expect(() => joinSegments([segment, segment])).toThrow(RangeError);
    expect(() => joinSegments([{ ...segment, segmentId: 'a b' }])).toThrow(RangeError);
  });

  test('a table of any bytes is read or refused, never more than it has', () => {
    const { payload } = join([[], [], []]);
    fc.assert(
      fc.property(fc.nat({ max: payload.length - 1 }), fc.uint8Array({ maxLength: 12 }), (at, put) => {
        const edited = Buffer.concat([payload.subarray(0, at), put, payload.subarray(at + put.length)]);
        const parted = splitSegmentTable(edited);
        if (parted !== null) expect(new Set(parted.segments.map(({ segmentId }) => segmentId)).size).toBeLessThan(20);
      }),
    );
    expect(splitSegmentTable(payload.subarray(0, 3))).toBeNull();
    expect(splitSegmentTable(payload.subarray(0, 10))).toBeNull();
  });
});

describe('block body', () => {
  test('opens with its key, tenant, number and version only', () => {
    const records = sampleBlock().payload;
    const { payload, segments } = joinSegments([{ segmentId: 's', ...sampleBlock() }]);
    const body = encodeBlockBody({ ...position, payload, key, nonce });
    expect(encodeBlockBody({ ...position, compressed: compressPayload(payload), key, nonce })).toEqual(body);
    expect(decodeBlockBody({ ...position, body, key })).toEqual({ ok: true, payload: records, segments });
    const refused = { ok: false, code: 'not-authentic' };
    expect(decodeBlockBody({ ...position, tenantId: 'tenant-b', body, key })).toEqual(refused);
    expect(decodeBlockBody({ ...position, blockNumber: 18, body, key })).toEqual(refused);
    expect(decodeBlockBody({ ...position, version: 1, body, key })).toEqual(refused);
    expect(decodeBlockBody({ ...position, body, key: Buffer.alloc(32, 8) })).toEqual(refused);
    expect(decodeBlockBody({ ...position, body: body.subarray(0, 20), key })).toEqual({ ok: false, code: 'too-short' });
  });

  test('a body of version 1 is its records, without a segment table', () => {
    const { payload } = sampleBlock();
    const body = encodeBlockBody({ ...position, version: 1, payload, key, nonce });
    expect(decodeBlockBody({ ...position, version: 1, body, key })).toEqual({ ok: true, payload, segments: null });
  });

  test('a payload beyond the limit is not unpacked', () => {
    const body = encodeBlockBody({ ...position, payload: Buffer.alloc(4_000_000), key, nonce });
    const decoded = decodeBlockBody({ ...position, body, key, maxPayloadBytes: 1_000_000 });
    expect(decoded).toEqual({ ok: false, code: 'not-decompressable' });
    expect(decompressPayload(Buffer.from('no zstd at all'))).toBeNull();
  });
});

describe('block object', () => {
  const { payload, root } = joinSegments([{ segmentId: 's', ...sampleBlock() }]);
  const body = encodeBlockBody({ ...position, payload, key, nonce });
  const header = sampleHeader({ root, bodySha256: sha256(body), bodyLength: body.length });
  const headerBytes = encodeBlockHeader(header);
  const object = encodeBlockObject(headerBytes, body);

  test('splits into the header and the body it was made of', () => {
    const split = splitBlockObject(object);
    expect(split).toMatchObject({ ok: true, headerBytes, body });
    expect(split.ok && split.header).toMatchObject({ block: 17, createdUs: header.createdUs });
    expect(checkBlockBody(header, body)).toBe('ok');
    expect(checkBlockBody(header, body.subarray(1))).toBe('length');
  });

  test('any flipped bit is found: the header bytes differ, or the body does', () => {
    for (let bit = 0; bit < object.length * 8; bit++) {
      const split = splitBlockObject(flipBit(object, bit));
      const unnoticed =
        split.ok && split.headerBytes.equals(headerBytes) && checkBlockBody(header, split.body) === 'ok';
      expect(unnoticed, `bit ${bit}`).toBe(false);
    }
  });

  test('its key has the UTC day of creation and twelve digits', () => {
    expect(blockKey(17, Date.UTC(2026, 0, 2) * 1000)).toBe('blocks/2026/01/02/000000000017.akb');
    expect(blockKey(17, Date.UTC(2026, 0, 2) * 1000 - 1)).toBe('blocks/2026/01/01/000000000017.akb');
  });
});

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
