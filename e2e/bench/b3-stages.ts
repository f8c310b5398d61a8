import {
  compressPayload,
  createSegmentBuilder,
  joinSegments,
  readBlockRecords,
  recordFlags,
  type BuiltSegment,
} from '@akashi/integrity';
import { createNormalizer, encodeBatchOrigin, encodeBulkLines, type BatchOrigin } from '@akashi/log-event';
import { createMasker, type Masker, type MaskNote } from '@akashi/masking';
import { makeLines } from './bench-lines.ts';
import { median, round, type Figure } from './figure.ts';

const lineCount = 30_000;
const recordsPerBatch = 1_000;
const warmRounds = 3;
const rounds = 9;
const receivedAtUs = Date.UTC(2026, 10, 22, 12) * 1000 + 123;

const origin: BatchOrigin = {
  batchId: 'bench',
  logGroup: 'bench',
  logStream: null,
  source: { id: 'bench', kind: 'http', address: '127.0.0.1' },
};

interface MaskedLine {
  readonly record: Buffer;
  readonly notes: Buffer | null;
}

/** CPU time of this thread and of those that work for it, per line. */
function microsFor<T>(work: () => T): { micros: number; result: T } {
  const begun = process.cpuUsage();
  const result = work();
  const used = process.cpuUsage(begun);
  return { micros: (used.user + used.system) / lineCount, result };
}

function maskLines(masker: Masker, lines: readonly Buffer[]): MaskedLine[] {
  const encodeNotes = (notes: readonly MaskNote[]): Buffer => Buffer.from(JSON.stringify(notes), 'utf8');
  return lines.map((line) => {
    const masked = masker.mask(line);
    if (masked === null) return { record: line, notes: null };
    return { record: masked.record, notes: encodeNotes(masked.notes) };
  });
}

/** Leaves, Merkle root and compressed payload, as a block is sealed; ciphering and storing it come to little beside. */
function sealLines(lines: readonly MaskedLine[]): BuiltSegment {
  const builder = createSegmentBuilder();
  let originIndex = 0;
  for (const [n, { record, notes }] of lines.entries()) {
    const sequence = n % recordsPerBatch;
    if (sequence === 0) originIndex = builder.addOrigin(encodeBatchOrigin({ ...origin, batchId: `bench-${n}` }));
    const flags = notes === null ? 0 : recordFlags.hasNotes;
    builder.addRecord({ originIndex, flags, receivedAtUs, sequence, notes, record });
  }
  const built = builder.finish();
  compressPayload(joinSegments([{ segmentId: 'bench', ...built }]).payload);
  return built;
}

const segment = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  segmentId: '0199ddc0-0000-7000-8000-000000000001',
  documentIdPrefix: 'EREREREREREREREREREREQ.AZndwAAAcACAAAAAAAAAAQ.',
};

const sshdLine = '<38>Nov 22 10:00:00 web01 sshd[9123]: Failed password for tanaka from 192.0.2.4 port 50022 ssh2';

/** Bytes of the document of one sshd line, as it is sent to the index. */
function sshdDocument(): Figure {
  const record = Buffer.from(sshdLine);
  const source = { id: '8c0ef5a4-3a3c-4b5e-9a9e-3c5c0f8d1b2a', kind: 'syslog-udp', address: '192.0.2.9' } as const;
  const origins = [{ batchId: 'bench', logGroup: 'syslog', logStream: null, source }];
  const records = [{ leaf: 0, originIndex: 0, flags: 0, receivedAtUs, sequence: 0, notes: new Uint8Array(), record }];
  const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
  const [body = Buffer.alloc(0)] = encodeBulkLines({ ...segment, origins, records, normalizer });
  const document = body.toString('utf8').split('\n')[1] ?? '';
  const bytes = Buffer.byteLength(document);
  const unit = `bytes of the document of an sshd line of ${record.length} bytes`;
  return { bench: 'B3', figure: 'bytes-per-document', value: bytes, unit, ours: bytes, peer: bytes, n: 1 };
}

/** B3: what each stage of the pipeline costs for one record, over the lines of B2, and the size of a document; no services, no peer. */
export function run(): Promise<Figure[]> {
  const lines = makeLines(lineCount, 20_261_122).map((line) => Buffer.from(line));
  const masker = createMasker({ version: 'bench', keep: 'first6last4' });
  const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
  const origins = Array.from({ length: Math.ceil(lineCount / recordsPerBatch) }, () => ({ ...origin }));
  const spent: Record<string, number[]> = { mask: [], seal: [], normalize: [], encode: [], total: [] };
  for (let turn = 0; turn < warmRounds + rounds; turn++) {
    const mask = microsFor(() => maskLines(masker, lines));
    const seal = microsFor(() => sealLines(mask.result));
    const { payload } = seal.result;
    const normalize = microsFor(() => {
      for (const { record, flags } of readBlockRecords(payload)) {
        normalizer.read({ record, origin, receivedAtUs, flags });
      }
    });
    const both = microsFor(() => {
      let bytes = 0;
      const records = readBlockRecords(payload);
      for (const chunk of encodeBulkLines({ ...segment, origins, records, normalizer })) bytes += chunk.length;
      return bytes;
    });
    if (turn < warmRounds) continue;
    spent['mask']?.push(mask.micros);
    spent['seal']?.push(seal.micros);
    spent['normalize']?.push(normalize.micros);
    spent['encode']?.push(both.micros - normalize.micros);
    spent['total']?.push(mask.micros + seal.micros + both.micros);
  }
  const costs = Object.entries(spent).map(([figure, micros]) => {
    const value = round(median(micros));
    return { bench: 'B3', figure, value, unit: 'µs/record', ours: value, peer: value, n: rounds };
  });
  return Promise.resolve([...costs, sshdDocument()]);
}

if (process.argv[1] === import.meta.filename) {
  for (const figure of await run()) process.stdout.write(`${JSON.stringify(figure)}\n`);
}
