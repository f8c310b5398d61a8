import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compressPayload, decodeBlockBody, decompressPayload, encodeBlockBody } from './block-body.ts';
import { createBlockBuilder, type BlockRecordInput, type ExpectedRecords } from './block-builder.ts';
import type { BlockHeader } from './block-header.ts';
import {
  blockKey,
  checkBlockBody,
  decodeBlockHeader,
  encodeBlockHeader,
  encodeBlockObject,
  splitBlockObject,
} from './block-object.ts';
import { BlockFormatError, readBlockOrigins, readBlockRecords } from './block-records.ts';
import { checkPayload, locateAlteredRecord } from './check-payload.ts';
import { merkleRoot } from './merkle-tree.ts';
import { encodeLeaf, recordFlags } from './sealed-record.ts';
import { sha256 } from './sha256.ts';

/** Exhaustive loops on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });

const key = Buffer.alloc(32, 7);
const nonce = Buffer.alloc(12, 9);
const position = { tenantId: 'tenant-a', blockNumber: 17 };

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

type Input = Omit<BlockRecordInput, 'originIndex'> & { origin: number };

function build(inputs: readonly Input[], expected?: ExpectedRecords) {
  const builder = createBlockBuilder(expected);
  for (const { origin, ...input } of inputs) {
    builder.addRecord({ ...input, originIndex: builder.addOrigin(Buffer.from(`{"batchId":"${origin}"}`)) });
  }
  return builder.finish();
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

function sampleHeader(overrides: Partial<BlockHeader> = {}): BlockHeader {
  return {
    tenantId: 'tenant-a',
    block: 17,
    segmentId: '01h-seg',
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
        });
        expect(built.firstReceivedUs).toBe(times.length === 0 ? null : Math.min(...times));
      }),
    );
  });

  test('a block grows past its first buffers', () => {
    const line = Buffer.alloc(1000, 'x');
    const builder = createBlockBuilder();
    const originIndex = builder.addOrigin(Buffer.from('{}'));
    for (let sequence = 0; sequence < 5000; sequence++) {
      builder.addRecord({ originIndex, flags: 0, receivedAtUs: sequence, sequence, notes: null, record: line });
    }
    const { payload, root, recordCount } = builder.finish();
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
    const builder = createBlockBuilder();
    const originIndex = builder.addOrigin(Buffer.from('{}'));
    const input = { originIndex, flags: 0, receivedAtUs: 1, sequence: 0, notes: null, record: Buffer.from('x') };
    expect(() => builder.addRecord({ ...input, originIndex: 1 })).toThrow(RangeError);
    expect(() => builder.addRecord({ ...input, notes: Buffer.alloc(65536) })).toThrow(RangeError);
    expect(() => builder.addRecord({ ...input, receivedAtUs: 1.5 })).toThrow(RangeError);
  });
});

describe('block body', () => {
  test('opens with its key, tenant and number only', () => {
    const { payload } = sampleBlock();
    const body = encodeBlockBody({ ...position, payload, key, nonce });
    expect(encodeBlockBody({ ...position, compressed: compressPayload(payload), key, nonce })).toEqual(body);
    expect(decodeBlockBody({ ...position, body, key })).toEqual({ ok: true, payload });
    const refused = { ok: false, code: 'not-authentic' };
    expect(decodeBlockBody({ ...position, tenantId: 'tenant-b', body, key })).toEqual(refused);
    expect(decodeBlockBody({ ...position, blockNumber: 18, body, key })).toEqual(refused);
    expect(decodeBlockBody({ ...position, body, key: Buffer.alloc(32, 8) })).toEqual(refused);
    expect(decodeBlockBody({ ...position, body: body.subarray(0, 20), key })).toEqual({ ok: false, code: 'too-short' });
  });

  test('a payload beyond the limit is not unpacked', () => {
    const body = encodeBlockBody({ ...position, payload: Buffer.alloc(4_000_000), key, nonce });
    const decoded = decodeBlockBody({ ...position, body, key, maxPayloadBytes: 1_000_000 });
    expect(decoded).toEqual({ ok: false, code: 'not-decompressable' });
    expect(decompressPayload(Buffer.from('no zstd at all'))).toBeNull();
  });
});

describe('block object', () => {
  const { payload, root } = sampleBlock();
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

describe('block header', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,30}$/);
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const time = fc.integer({ min: 0, max: 4_000_000_000_000_000 });
  const headers = fc
    .record({
      tenantId: name,
      dataKeyId: name,
      maskingVersion: name,
      segmentId: fc.option(name, { nil: null }),
      block: fc.maxSafeNat(),
      records: fc.nat(),
      bodyLength: fc.maxSafeNat(),
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

  test('decoding gives back the header, and encoding that the same bytes', () => {
    fc.assert(
      fc.property(headers, (header) => {
        const bytes = encodeBlockHeader(header);
        const decoded = decodeBlockHeader(bytes);
        expect(decoded).toEqual({ ok: true, header });
        expect(decoded.ok && encodeBlockHeader(decoded.header)).toEqual(bytes);
      }),
    );
  });

  test('whatever one edit makes of a header is refused or is canonical again', () => {
    const bytes = encodeBlockHeader(sampleHeader());
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
      { numRuns: 2000 },
    );
  });

  test('other spellings are refused with the line', () => {
    const text = encodeBlockHeader(sampleHeader()).toString();
    const refused = (edited: string) => decodeBlockHeader(Buffer.from(edited));
    expect(refused(text.replace('block: 17', 'block: 017'))).toEqual({ ok: false, code: 'malformed', line: 3 });
    expect(refused(text.replace('.000000Z', '.000Z')).ok).toBe(false);
    expect(refused(text.replace('\n', '\r\n')).ok).toBe(false);
    expect(refused(`${text}extra: 1\n`).ok).toBe(false);
    expect(refused(text.slice(0, -1)).ok).toBe(false);
    expect(refused(text.replace('records: 4', 'records: 0')).ok).toBe(false);
    expect(refused(text.replace('2024-11-19', '2024-11-32')).ok).toBe(false);
  });

  test('values that no header can carry are refused when writing', () => {
    for (const bad of [
      { tenantId: 'a b' },
      { block: -1 },
      { records: 0 },
      { createdUs: 0.5 },
      { root: Buffer.alloc(5) },
    ]) {
      expect(() => encodeBlockHeader(sampleHeader(bad))).toThrow(RangeError);
    }
  });
});

function flipBit(bytes: Buffer, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return flipped;
}
