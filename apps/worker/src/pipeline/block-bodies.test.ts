import { createDocumentHasher, createSegmentBuilder, readBlockRecords } from '@akashi/integrity';
import {
  createNormalizer,
  derivationOf,
  encodeBatchOrigin,
  encodeBulkLines,
  eventIdOf,
  type BatchOrigin,
} from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import { BlockBodies } from './block-bodies.ts';
import { normalizeRecords, type NormalizedPart, type NormalizeInput } from './normalize-records.ts';

const segment = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  segmentId: '0199ddc0-0000-7000-8000-000000000001',
  documentIdPrefix: 'T.S.',
};
const timeZone = 'Asia/Tokyo';
const derivation = derivationOf({ timeZone });
const documentsKey = Buffer.alloc(32, 1);
const receivedAtUs = 1_795_000_000_000_000;
const source = { id: 'test', kind: 'http', address: '127.0.0.1' } as const;
const origins: BatchOrigin[] = ['one', 'two'].map((logStream) => ({
  batchId: logStream,
  logGroup: 'test',
  logStream,
  source,
}));

function payloadOf(records: number): Buffer {
  const builder = createSegmentBuilder();
  for (const origin of origins) builder.addOrigin(encodeBatchOrigin(origin));
  for (let leaf = 0; leaf < records; leaf += 1) {
    const text = leaf % 3 === 0 ? `{"level":"info","message":"注文 ${leaf}"}` : `plain line ${leaf}`;
    const record = Buffer.from(text);
    builder.addRecord({ originIndex: leaf % 2, flags: 0, receivedAtUs, sequence: leaf, notes: null, record });
  }
  return builder.finish().payload;
}

/** Computes in this thread; takes the memory of what it is given away, as a thread does. */
const compute = {
  normalize: (input: NormalizeInput): Promise<NormalizedPart> =>
    Promise.resolve(normalizeRecords(structuredClone(input))),
};

describe('BlockBodies', () => {
  it.each([0, 1, 1_500, 1_501, 10_000])('gives %d records the bytes and counts of one pass', async (count) => {
    const payload = payloadOf(count);
    const bodies = new BlockBodies(compute, { payload, segment, derivation, documentsKey });
    const given = Buffer.concat(await Array.fromAsync(bodies));
    const normalizer = createNormalizer({ timeZone });
    const records = readBlockRecords(payload);
    const whole = Buffer.concat([...encodeBulkLines({ ...segment, origins, records, normalizer })]);
    expect(given.equals(whole)).toBe(true);
    expect(bodies.streams.reduce((sum, stream) => sum + stream.records, 0)).toBe(count);
    expect(bodies.streams.length).toBeLessThanOrEqual(origins.length);
    expect(Buffer.from(bodies.payload).equals(payload)).toBe(true);
    expect(bodies.documentHashes).toEqual(createDocumentHasher(documentsKey).ofBulk(whole));
  });

  it('joins the records of one audit event over the ends of its bodies', async () => {
    const builder = createSegmentBuilder();
    for (const origin of origins) builder.addOrigin(encodeBatchOrigin(origin));
    for (let leaf = 0; leaf < 5_000; leaf += 1) {
      const stamp = `msg=audit(1795316890.679:${Math.floor(leaf / 7)}):`;
      const text = leaf % 7 === 0 ? `type=SYSCALL ${stamp} syscall=59 auid=1000` : `type=CWD ${stamp} cwd="/${leaf}"`;
      const record = Buffer.from(text);
      builder.addRecord({ originIndex: 0, flags: 0, receivedAtUs, sequence: leaf, notes: null, record });
    }
    const { payload } = builder.finish();
    const bodies = new BlockBodies(compute, { payload, segment, derivation, documentsKey });
    const lines = Buffer.concat(await Array.fromAsync(bodies))
      .toString('utf8')
      .trimEnd()
      .split('\n');
    const documents = lines.filter((_, index) => index % 2 === 1).map((line) => JSON.parse(line) as object);
    expect(documents.length).toBe(5_000);
    documents.forEach((document, position) => {
      const head = position - (position % 7);
      const others = [1, 2, 3, 4, 5, 6].map((step) => head + step).filter((part) => part < 5_000);
      if (position === head) expect(document).toMatchObject({ 'akashi.parts': others });
      else
        expect(document).toMatchObject({
          'akashi.part_of': eventIdOf({ segmentId: segment.segmentId, position: head }),
        });
    });
  });

  it('computes one body ahead of the one that was taken, and no more', async () => {
    let parts = 0;
    const counting = {
      normalize: (input: NormalizeInput): Promise<NormalizedPart> => {
        parts += 1;
        return compute.normalize(input);
      },
    };
    const bodies = new BlockBodies(counting, { payload: payloadOf(20_000), segment, derivation, documentsKey });
    const walk = bodies[Symbol.asyncIterator]();
    await walk.next();
    expect(parts).toBe(2);
    await walk.return();
    expect(parts).toBe(2);
  });
});
