import type { KeyObject } from 'node:crypto';
import type { TenantArchive } from '@akashi/archive';
import type { NewBlock, SealTransaction } from '@akashi/database';
import {
  appendToLog,
  blockKey,
  checkpointPath,
  decodeBlockHeader,
  formatDescription,
  logOrigin,
  signCheckpoint,
  type BlockHeader,
  type LogEdge,
} from '@akashi/integrity';
import { logFolder } from './open-tenant-log.ts';
import { SealingError } from './sealing-error.ts';

export interface LogWriterInput {
  readonly tenantId: string;
  readonly archive: TenantArchive;
  readonly transaction: SealTransaction;
  readonly signingKey: KeyObject;
  readonly verifierKey: string;
  readonly edge: LogEdge;
  readonly lastCreatedUs: number;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

function ledgerRow(header: BlockHeader, headerBytes: Buffer): NewBlock {
  return {
    number: header.block,
    segmentId: header.segmentId,
    objectKey: blockKey(header.block, header.createdUs),
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
  #lastCreatedUs: number;

  constructor(input: LogWriterInput) {
    this.#input = input;
    this.#edge = input.edge;
    this.#lastCreatedUs = input.lastCreatedUs;
  }

  get edge(): LogEdge {
    return this.#edge;
  }

  /** When the newest block was made; 0 for an empty log. */
  get lastCreatedUs(): number {
    return this.#lastCreatedUs;
  }

  /** archived → sealed: the header becomes the next entry, and a signed checkpoint commits to it. */
  async append(headerBytes: Buffer): Promise<BlockHeader> {
    const { archive, tenantId, transaction, signingKey, onStep } = this.#input;
    const decoded = decodeBlockHeader(headerBytes);
    if (!decoded.ok || decoded.header.block !== this.#edge.size) {
      throw new SealingError('archive-object-conflict', `block ${this.#edge.size}`);
    }
    if (this.#edge.size === 0) await this.#describe();
    const growth = appendToLog(this.#edge, [headerBytes]);
    for (const object of growth.objects) await this.#putOnce(`${logFolder}/${object.path}`, object.bytes);
    const size = growth.edge.size;
    const checkpoint = signCheckpoint({ origin: logOrigin(tenantId), size, root: growth.root }, signingKey);
    const note = Buffer.from(checkpoint, 'utf8');
    onStep('seal-before-checkpoint');
    await this.#putOnce(`${logFolder}/${checkpointPath(size)}`, note);
    await archive.replaceCheckpoint(note);
    onStep('seal-before-ledger');
    await this.record(headerBytes);
    await transaction.advance({ size, root: growth.root, checkpoint });
    // Partial tiles whose full tile exists carry nothing any more; tlog-tiles lets them go.
    for (const { path } of growth.objects) {
      if (!path.includes('.p/')) await this.#removePartials(`${logFolder}/${path}`);
    }
    this.#edge = growth.edge;
    this.#lastCreatedUs = decoded.header.createdUs;
    return decoded.header;
  }

  /** Notes a header in the ledger that the archive's log holds already. */
  async record(headerBytes: Buffer): Promise<void> {
    const { transaction } = this.#input;
    const decoded = decodeBlockHeader(headerBytes);
    if (!decoded.ok) throw new SealingError('archived-log-unreadable', `${logFolder}/tile/entries`);
    await transaction.insertBlock(ledgerRow(decoded.header, headerBytes));
    const { segmentId, block } = decoded.header;
    if (segmentId !== null) await transaction.markSealed(segmentId, block);
  }

  async #describe(): Promise<void> {
    await this.#putOnce('format.md', Buffer.from(formatDescription, 'utf8'));
    await this.#putOnce('verifier-key.txt', Buffer.from(`${this.#input.verifierKey}\n`, 'utf8'));
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
