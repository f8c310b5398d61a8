import type { KeyObject } from 'node:crypto';
import { removeSupersededTile, type TenantArchive } from '@akashi/archive';
import type { NewBlock, SealedContent, SealTransaction } from '@akashi/database';
import {
  appendToLog,
  blockObjectKey,
  checkpointPath,
  decodeBlockHeader,
  entriesPath,
  formatDescription,
  formatDescriptionV1,
  keepsCheckpoint,
  logOrigin,
  reviewsDescription,
  signCheckpoint,
  tilePath,
  tileWidth,
  type BlockHeader,
  type LogEdge,
  type LogObject,
} from '@akashi/integrity';
import { defaultRetentionPolicy, reportsGroup, reviewsGroup } from '@akashi/policy';
import { logFolder } from './open-tenant-log.ts';
import { SealingError } from './sealing-error.ts';

export interface LogWriterInput {
  readonly tenantId: string;
  readonly archive: TenantArchive;
  readonly transaction: SealTransaction;
  readonly signingKey: KeyObject;
  readonly verifierKey: string;
  readonly edge: LogEdge;
  /** The header of the newest block; null for an empty log. */
  readonly newest: BlockHeader | null;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

/** A header and what its block holds: nothing for a heartbeat. */
export interface LogEntry {
  readonly headerBytes: Buffer;
  readonly content: SealedContent;
}

/**
 * Partial tiles stay for so many sizes after they were superseded: whoever reads the log at a size that was the newest a
 * moment ago finds its tiles.
 */
const supersededAfter = 4;

/** Log groups whose records have a description of their own. */
const describedGroups = new Set([reportsGroup, reviewsGroup]);

function ledgerRow(header: BlockHeader, { headerBytes }: LogEntry): NewBlock {
  return {
    number: header.block,
    segmentId: header.version === 1 ? header.segmentId : null,
    objectKey: blockObjectKey(header),
    header: headerBytes.toString('utf8'),
    records: header.records,
    bodyBytes: header.bodyLength,
    root: Buffer.from(header.root),
    bodySha256: Buffer.from(header.bodySha256),
    firstReceivedUs: header.firstReceivedUs,
    lastReceivedUs: header.lastReceivedUs,
    createdAt: new Date(Math.floor(header.createdUs / 1000)),
  };
}

/**
 * Appends block headers to one tenant's archived log, under the ledger's write lock. Every file is written once; the
 * newest-checkpoint pointer moves last, and the ledger commits after it. Repeating an append after a crash gives the
 * same bytes; other bytes in a file's place stop the writer (a fork is never made).
 */
export class LogWriter {
  readonly #input: LogWriterInput;
  #edge: LogEdge;
  #newest: BlockHeader | null;

  constructor(input: LogWriterInput) {
    this.#input = input;
    this.#edge = input.edge;
    this.#newest = input.newest;
  }

  get edge(): LogEdge {
    return this.#edge;
  }

  /** When the newest block was made; 0 for an empty log. */
  get lastCreatedUs(): number {
    return this.#newest?.createdUs ?? 0;
  }

  /** archived → sealed: the header becomes the next entry, and a signed checkpoint commits to it. */
  async append(entry: LogEntry): Promise<BlockHeader> {
    const { archive, tenantId, transaction, signingKey, onStep } = this.#input;
    const decoded = decodeBlockHeader(entry.headerBytes);
    if (!decoded.ok || decoded.header.block !== this.#edge.size) {
      throw new SealingError('archive-object-conflict', `block ${this.#edge.size}`);
    }
    const { header } = decoded;
    await this.#describe(header);
    if (entry.content.logGroups.some(({ logGroup }) => describedGroups.has(logGroup))) {
      // An earlier wording stays: a description is written once, and sealing does not depend on it.
      await archive.putOnce('format-reviews.md', Buffer.from(reviewsDescription, 'utf8'));
    }
    const growth = appendToLog(this.#edge, [entry.headerBytes]);
    for (const object of growth.objects) await this.#putOnce(`${logFolder}/${object.path}`, object.bytes);
    const size = growth.edge.size;
    const checkpoint = signCheckpoint({ origin: logOrigin(tenantId), size, root: growth.root }, signingKey);
    const note = Buffer.from(checkpoint, 'utf8');
    onStep('seal-before-checkpoint');
    if (keepsCheckpoint(header, this.#newest)) await this.#putOnce(`${logFolder}/${checkpointPath(size)}`, note);
    await archive.replaceCheckpoint(note);
    onStep('seal-before-ledger');
    await this.record(entry);
    await transaction.advance({ size, root: growth.root, checkpoint });
    await this.#removeSuperseded(growth.objects, size);
    this.#edge = growth.edge;
    this.#newest = header;
    return header;
  }

  /** Notes a header in the ledger that the archive's log holds already. */
  async record(entry: LogEntry): Promise<void> {
    const { transaction } = this.#input;
    const decoded = decodeBlockHeader(entry.headerBytes);
    if (!decoded.ok) throw new SealingError('archived-log-unreadable', `${logFolder}/tile/entries`);
    const { header } = decoded;
    const row = ledgerRow(header, entry);
    await transaction.insertBlock(row);
    const retentionPolicy = (header.version === 2 ? header.policy : null) ?? defaultRetentionPolicy;
    await transaction.noteContent({ ...row, retentionPolicy }, entry.content);
  }

  /** An archive describes the format of its first block, and format 2 beside it from the first block of version 2 on. */
  async #describe(header: BlockHeader): Promise<void> {
    if (this.#newest === null) {
      const description = header.version === 1 ? formatDescriptionV1 : formatDescription;
      await this.#putOnce('format.md', Buffer.from(description, 'utf8'));
      await this.#putOnce('verifier-key.txt', Buffer.from(`${this.#input.verifierKey}\n`, 'utf8'));
    } else if (this.#newest.version === 1 && header.version === 2) {
      await this.#putOnce('format-2.md', Buffer.from(formatDescription, 'utf8'));
    }
  }

  /** Partial tiles that carry nothing any more; tlog-tiles lets them go. One that a crash leaves goes with its full tile. */
  async #removeSuperseded(objects: readonly LogObject[], size: number): Promise<void> {
    const { archive } = this.#input;
    for (const { path } of objects) {
      if (!path.includes('.p/')) await this.#removePartials(`${logFolder}/${path}`);
    }
    const widerWidth = size % tileWidth;
    const width = widerWidth - supersededAfter;
    if (width < 1) return;
    const index = Math.floor(size / tileWidth);
    for (const path of [entriesPath(index, width), tilePath(0, index, width)]) {
      await removeSupersededTile(archive, { tile: `${logFolder}/${path}`, widerWidth });
    }
  }

  async #removePartials(tile: string): Promise<void> {
    const { archive } = this.#input;
    const partials = await Array.fromAsync(archive.list(`${tile}.p/`));
    for (const { key } of partials) await archive.removePartialTile(key, tile);
  }

  async #putOnce(key: string, bytes: Buffer): Promise<void> {
    const outcome = await this.#input.archive.putOnce(key, bytes);
    if (outcome === 'exists-other') throw new SealingError('archive-object-conflict', key);
  }
}
