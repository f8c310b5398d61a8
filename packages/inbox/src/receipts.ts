import { createHmac, type Hmac } from 'node:crypto';
import { open, readFile, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode, makeDirectory, syncDirectory } from '@akashi/durable-files';
import { inTurns } from './in-turns.ts';
import { namesIn, type InboxKeys } from './read-segment.ts';

/** What the sender is told, and told again when it repeats its request. */
export interface Receipt {
  batchId: string;
  records: number;
  bytes: number;
  receivedAtUs: number;
}

interface KnownReceipt extends Receipt {
  bodyMac: string;
}

export const receiptWindowMs = 24 * 60 * 60 * 1000;
/** About 300 bytes each; beyond it the oldest are forgotten before their window ends. */
const maxReceiptsPerTenant = 300_000;

/**
 * The receipts of one tenant that a sender may still ask for again. Keys and bodies are kept as HMACs under the inbox
 * key only: a plain hash of a one-line body would give its card number away to anybody who can compute hashes.
 */
export interface ReceiptBook {
  keyMac(idempotencyKey: string): string;
  /** A large body is hashed in turns with other work. */
  bodyMac(encodedRecords: Buffer): Promise<string>;
  /** Of a body that fits one turn. */
  smallBodyMac(encodedRecords: Buffer): string;
  find(keyMac: string): KnownReceipt | undefined;
  remember(keyMac: string, receipt: KnownReceipt): void;
  /** One LF-terminated ASCII line. */
  formatLine(keyMac: string, receipt: KnownReceipt): Buffer;
  /** Appends lines to the day's log, durable when it resolves. Lines that stand there already do no harm. */
  append(lines: readonly Buffer[], receivedAtUs: number): Promise<void>;
  load(nowMs: number): Promise<void>;
}

function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10).replaceAll('-', '');
}

function parseLine(line: string): { keyMac: string; receipt: KnownReceipt } | undefined {
  const [keyMac, bodyMac, batchId, records, bytes, receivedAtUs, end] = line.split(' ');
  if (keyMac === undefined || bodyMac === undefined || batchId === undefined || end !== '.') return undefined;
  const receipt = {
    bodyMac,
    batchId,
    records: Number(records),
    bytes: Number(bytes),
    receivedAtUs: Number(receivedAtUs),
  };
  return Number.isSafeInteger(receipt.receivedAtUs) ? { keyMac, receipt } : undefined;
}

/** A power cut or a full disk may have left part of a line, which would spoil the one that comes after it. */
async function endsWithinLine(handle: FileHandle, size: number): Promise<boolean> {
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString('latin1') !== '\n';
}

export function openReceiptBook(settings: { directory: string; tenantId: string; keys: InboxKeys }): ReceiptBook {
  const { directory, tenantId, keys } = settings;
  const receipts = new Map<string, KnownReceipt>();
  let macKey: Buffer | undefined;

  function hmac(use: string): Hmac {
    macKey ??= keys.forTenant(tenantId).receiptsKey();
    return createHmac('sha256', macKey).update(use);
  }

  function forget(nowMs: number): void {
    for (const [keyMac, receipt] of receipts) {
      const expired = receipt.receivedAtUs / 1000 < nowMs - receiptWindowMs;
      if (!expired && receipts.size <= maxReceiptsPerTenant) break;
      receipts.delete(keyMac);
    }
  }

  return {
    keyMac: (idempotencyKey) => hmac('key ').update(idempotencyKey).digest('base64url'),
    async bodyMac(encodedRecords) {
      const mac = hmac('body ');
      for await (const slice of inTurns(encodedRecords)) mac.update(slice);
      return mac.digest('base64url');
    },
    smallBodyMac: (encodedRecords) => hmac('body ').update(encodedRecords).digest('base64url'),
    find: (keyMac) => receipts.get(keyMac),
    remember(keyMac, receipt) {
      receipts.set(keyMac, receipt);
      forget(receipt.receivedAtUs / 1000);
    },
    formatLine: (keyMac, r) =>
      Buffer.from(`${keyMac} ${r.bodyMac} ${r.batchId} ${r.records} ${r.bytes} ${r.receivedAtUs} .\n`, 'latin1'),
    async append(lines, receivedAtUs) {
      if (lines.length === 0) return;
      await makeDirectory(directory);
      const handle = await open(join(directory, `${dayOf(receivedAtUs / 1000)}.log`), 'a+', 0o600);
      try {
        const { size } = await handle.stat();
        const begin = (await endsWithinLine(handle, size)) ? [Buffer.from('\n')] : [];
        await handle.writeFile(Buffer.concat([...begin, ...lines]));
        await handle.datasync();
        if (size === 0) await syncDirectory(directory);
      } finally {
        await handle.close();
      }
    },
    async load(nowMs) {
      const oldest = dayOf(nowMs - receiptWindowMs);
      for (const name of (await namesIn(directory)).sort()) {
        const path = join(directory, name);
        if (name < `${oldest}.log`) {
          await unlink(path).catch((cause: unknown) => {
            if (!hasErrorCode(cause, 'ENOENT')) throw cause;
          });
          continue;
        }
        for (const line of (await readFile(path, 'latin1')).split('\n')) {
          const parsed = parseLine(line);
          if (parsed !== undefined) receipts.set(parsed.keyMac, parsed.receipt);
        }
      }
      forget(nowMs);
    },
  };
}
