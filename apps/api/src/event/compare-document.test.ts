import {
  createSegmentBuilder,
  joinSegments,
  readBlockOrigins,
  readBlockRecords,
  splitSegmentTable,
} from '@akashi/integrity';
import {
  createNormalizer,
  decodeBatchOrigin,
  derivationOf,
  encodeBatchOrigin,
  encodeBulkLines,
  eventIdOf,
  type BatchOrigin,
} from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import { compareDocument, type OpenedBlock } from './compare-document.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const segmentIds = ['0199ddc0-0000-7000-8000-000000000001', '0199ddc0-0000-7000-8000-000000000002'] as const;
const settings = { timeZone: 'Asia/Tokyo' };
const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'audit',
  logStream: 'web01',
  source: { id: 's', kind: 'http', address: '192.0.2.1' },
};
const stamp = 'msg=audit(1795316890.679:24287):';
const lines = [
  `type=SYSCALL ${stamp} arch=c000003e syscall=87 success=yes exit=0 auid=1000 uid=0 euid=0 comm="rm" exe="/bin/rm"`,
  `type=PATH ${stamp} item=1 name="/etc/cron.d/backup" nametype=DELETE`,
];

function segmentOf(segmentId: string) {
  const builder = createSegmentBuilder();
  builder.addOrigin(encodeBatchOrigin(origin));
  lines.forEach((line, sequence) =>
    builder.addRecord({
      originIndex: 0,
      flags: 0,
      receivedAtUs: 1_796_000_000_000_000,
      sequence,
      notes: null,
      record: Buffer.from(line),
    }),
  );
  return { segmentId, ...builder.finish() };
}

/** The document of the segment's first record, as the pipeline makes it from the segment alone. */
function documentOf(payload: Uint8Array, segmentId: string): Record<string, unknown> {
  const origins = readBlockOrigins(payload).map((json) => decodeBatchOrigin(json));
  const records = [...readBlockRecords(payload)];
  const normalizer = createNormalizer(settings);
  const joins = normalizer.join({ origins, records }).byLeaf;
  const input = { tenantId, segmentId, documentIdPrefix: '', origins, records, joins, normalizer };
  const [, document = '{}'] = Buffer.concat([...encodeBulkLines(input)])
    .toString('utf8')
    .split('\n');
  return JSON.parse(document) as Record<string, unknown>;
}

describe('an event of several records', () => {
  const segments = segmentIds.map((segmentId) => segmentOf(segmentId));
  const parted = splitSegmentTable(joinSegments(segments).payload);
  const block: OpenedBlock = { payload: parted?.records ?? Buffer.alloc(0), segments: parted?.segments ?? null };
  const document = documentOf(segments[1]?.payload ?? Buffer.alloc(0), segmentIds[1]);
  const event = { tenantId, id: eventIdOf({ segmentId: segmentIds[1], position: 0 }), leaf: 2 };

  it('is compared with all of its records, and with those of its segment alone', () => {
    expect(document).toMatchObject({
      'akashi.parts': [1],
      'event.action': 'deleted',
      'file.path': '/etc/cron.d/backup',
    });
    expect(compareDocument(block, { ...event, document }, derivationOf(settings))).toEqual([]);
    const altered = { ...document, 'file.path': '/tmp/x', 'akashi.parts': [1, 2] };
    const fields = compareDocument(block, { ...event, document: altered }, derivationOf(settings));
    expect(fields).toEqual(['akashi.parts', 'file.path']);
  });

  it('is not there in a block that does not hold its segment at this leaf', () => {
    expect(compareDocument(block, { ...event, leaf: 1, document }, derivationOf(settings))).toBeNull();
    expect(compareDocument({ ...block, segments: [] }, { ...event, document }, derivationOf(settings))).toBeNull();
  });
});
