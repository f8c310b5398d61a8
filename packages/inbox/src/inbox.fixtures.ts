import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdtemp, open, readdir, rename, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import {
  listSegments,
  openInboxWriter,
  readSegment,
  RecordListBuilder,
  type InboxBatch,
  type InboxKeys,
  type InboxWriter,
  type InboxWriterSettings,
} from './index.ts';

export const tenant = '0199d0c0-0000-7000-8000-000000000001';
export const other = '0199d0c0-0000-7000-8000-000000000002';
const masterKey = randomBytes(32);
export const keys: InboxKeys = {
  forTenant: (tenantId) => ({
    inboxKey(keyId = 'inbox-0001-00000000') {
      if (keyId !== 'inbox-0001-00000000') throw new Error('no such key');
      return { id: keyId, key: Buffer.from(hkdfSync('sha256', masterKey, tenantId, 'test', 32)) };
    },
    receiptsKey: () => Buffer.from(hkdfSync('sha256', masterKey, tenantId, 'receipts', 32)),
  }),
};

export interface TestInbox {
  /** Another one for each test. */
  readonly dir: string;
  openWriter(settings?: Partial<InboxWriterSettings>): Promise<InboxWriter>;
  /** What a killed process leaves: the files as they are at this moment, without its lock. */
  abandonWriter(): Promise<void>;
  /** One that was abandoned is not closed at the end. */
  forgetWriter(writer: InboxWriter): void;
  allRecords(): Promise<string[]>;
  openFiles(): Promise<string[]>;
}

/** An inbox of its own for each test of the file, gone with it. */
export function useTestInbox(): TestInbox {
  let dir: string;
  const opened: InboxWriter[] = [];
  beforeEach(async () => {
    dir = join(await mkdtemp(join(tmpdir(), 'akashi-inbox-')), 'inbox');
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    for (const writer of opened.splice(0)) await writer.close();
    await rm(join(dir, '..'), { recursive: true });
  });
  return {
    get dir() {
      return dir;
    },
    async openWriter(settings = {}) {
      const writer = await openInboxWriter({ dir, keys, nowMs: Date.now, ...settings });
      opened.push(writer);
      return writer;
    },
    abandonWriter: () => rename(join(dir, 'writer.lock'), join(dir, 'writer.lock.gone')),
    forgetWriter: (writer) => void opened.splice(opened.indexOf(writer), 1),
    async allRecords() {
      const texts: string[] = [];
      for (const { path } of await listSegments(dir)) {
        for (const each of (await readSegment(path, keys)).batches) {
          for (const record of each.records) texts.push(record.bytes.toString());
        }
      }
      return texts.sort();
    },
    openFiles: async () => (await readdir(join(dir, tenant))).filter((name) => name.endsWith('.open')),
  };
}

let serial = 0;
export function batch(lines: string[], idempotencyKey?: string): InboxBatch {
  const records = new RecordListBuilder({ maxRecordBytes: 1024 });
  for (const line of lines) records.add(Buffer.from(line), 0, Buffer.byteLength(line));
  serial += 1;
  const batchId = `batch-${serial}`;
  return {
    batchId,
    origin: Buffer.from(JSON.stringify({ batchId })),
    receivedAtUs: Date.now() * 1000 + serial,
    retentionPolicy: 'default',
    records: records.finish(),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/** A FileHandle's prototype is not exported; every handle shares it. */
export async function handlePrototype(): Promise<FileHandle> {
  const handle = await open(tmpdir(), 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}
