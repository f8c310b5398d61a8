/** The product's writers of the inbox and the archive, with keys and batches that are the same each time. */
interface InboxWriter {
  append(tenantId: string, batch: Batch): Promise<{ code: string; repeated?: boolean; receipt?: { batchId: string } }>;
  close(): Promise<void>;
}

interface RecordList {
  readonly encoded: Buffer;
}

interface Batch {
  readonly batchId: string;
  readonly origin: Buffer;
  readonly receivedAtUs: number;
  readonly retentionPolicy: string;
  readonly records: RecordList;
  readonly idempotencyKey: string;
}

interface Segment {
  readonly batches: { origin: Buffer }[];
  readonly damaged: object[];
}

interface TenantArchive {
  putOnce(key: string, bytes: Buffer): Promise<string>;
  replaceCheckpoint(bytes: Buffer): Promise<void>;
}

interface Writers {
  readonly openInboxWriter: (settings: {
    dir: string;
    keys: typeof landingKeys;
    nowMs: () => number;
    limits?: { rotateBytes?: number; diskReserveBytes?: number };
  }) => Promise<InboxWriter>;
  readonly listSegments: (dir: string) => Promise<{ path: string }[]>;
  readonly readSegment: (path: string, keys: typeof landingKeys) => Promise<Segment>;
  readonly openArchive: (
    url: string,
    settings: { clock: { now: () => Date; hostNow: () => Date } },
  ) => { forTenant(tenantId: string): TenantArchive };
  readonly RecordListBuilder: new (settings: { maxRecordBytes: number }) => {
    add(bytes: Buffer, start: number, end: number): void;
    finish(): RecordList;
  };
}

export const inboxTenant = '0199d0c0-0000-7000-8000-000000000001';

export const landingKeys = {
  forTenant: () => ({
    inboxKey: () => ({ id: 'inbox-0001-00000000', key: Buffer.alloc(32, 7) }),
    receiptsKey: () => Buffer.alloc(32, 8),
  }),
};

export async function loadWriters(): Promise<Writers> {
  const [inbox, archive] = await Promise.all(
    ['inbox', 'archive'].map((name) => import(new URL(`../../packages/${name}/src/index.ts`, import.meta.url).href)),
  );
  return { ...inbox, ...archive } as Writers;
}

/** More than a sector of the disk, so that a batch can reach it in parts. */
const filler = '.'.repeat(400);

export async function makeBatch(number: number): Promise<Batch> {
  const { RecordListBuilder } = await loadWriters();
  const records = new RecordListBuilder({ maxRecordBytes: 1_024 });
  for (let line = 0; line < 3; line += 1) {
    const bytes = Buffer.from(`batch ${number} line ${line} ${filler}`);
    records.add(bytes, 0, bytes.length);
  }
  const batchId = `batch-${number}`;
  return {
    batchId,
    origin: Buffer.from(JSON.stringify({ batchId })),
    receivedAtUs: Date.now() * 1_000,
    retentionPolicy: 'default',
    records: records.finish(),
    idempotencyKey: `key-${number}`,
  };
}
