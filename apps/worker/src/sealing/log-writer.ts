import type { KeyObject } from 'node:crypto';
import { removeSupersededTile, type TenantArchive } from '@akashi/archive';
import type { NewBlock, SealedContent, SealTransaction } from '@akashi/database';
import {
  appendToLog,
  checkpointPath,
  entriesPath,
  formatDescription,
  formatDescriptionV1,
  formatDescriptionV2,
  formatDescriptionV3,
  isOfVersion1,
  keepsCheckpoint,
  keysDestroyedKind,
  logOrigin,
  merkleRoot,
  reviewsDescription,
  sha256,
  signCheckpoint,
  tilePath,
  tileWidth,
  type LogEdge,
  type LogEntry,
  type LogObject,
} from '@akashi/integrity';
import { defaultRetentionPolicy, reportsGroup, reviewsGroup } from '@akashi/policy';
import { disposalOf, tombstoneOf } from './note-statement.ts';
import { decodeArchived, logFolder } from './open-tenant-log.ts';
import { SealingError } from './sealing-error.ts';

export interface LogWriterInput {
  readonly tenantId: string;
  readonly archive: TenantArchive;
  readonly transaction: SealTransaction;
  /** The newest signing key of the tenant: it changes behind the statement that says so. */
  readonly signingKey: () => KeyObject;
  /** Of the first key, which stands beside the evidence. */
  readonly verifierKey: string;
  readonly edge: LogEdge;
  /** The newest entry; null for an empty log. */
  readonly newest: LogEntry | null;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

/** An entry and what its block holds: nothing for a heartbeat and a statement. */
export interface NewEntry {
  readonly bytes: Buffer;
  readonly content: SealedContent;
}

/**
 * Partial tiles stay for so many sizes after they were superseded: whoever reads the log at a size that was the newest a
 * moment ago finds its tiles.
 */
const supersededAfter = 4;

/** What an archive that an earlier release began may have as its `format.md`. */
const formerDescriptions = new Set([formatDescriptionV1, formatDescriptionV2, formatDescriptionV3]);

/** Log groups whose records have a description of their own. */
const describedGroups = new Set([reportsGroup, reviewsGroup]);

/** What a statement's row has where a block's says what its body is. */
const withoutBody = {
  records: 0,
  bodyBytes: 0,
  root: merkleRoot([]),
  bodySha256: sha256(new Uint8Array(0)),
  firstReceivedUs: null,
  lastReceivedUs: null,
};

function ledgerRow(entry: LogEntry, bytes: Buffer): NewBlock {
  const common = {
    number: entry.number,
    objectKey: entry.objectKey,
    header: bytes.toString('utf8'),
    createdAt: new Date(Math.floor(entry.createdUs / 1000)),
  };
  if (entry.kind === 'statement') return { ...common, ...withoutBody, segmentId: null };
  const { header } = entry;
  return {
    ...common,
    segmentId: header.version === 1 ? header.segmentId : null,
    records: header.records,
    bodyBytes: header.bodyLength,
    root: Buffer.from(header.root),
    bodySha256: Buffer.from(header.bodySha256),
    firstReceivedUs: header.firstReceivedUs,
    lastReceivedUs: header.lastReceivedUs,
  };
}

function retentionPolicyOf(entry: LogEntry): string {
  const policy = entry.kind === 'block' && entry.header.version === 2 ? entry.header.policy : null;
  return policy ?? defaultRetentionPolicy;
}

/**
 * Appends entries to one tenant's archived log, under the ledger's write lock. Every file is written once; the
 * newest-checkpoint pointer moves last, and the ledger commits after it. Repeating an append after a crash gives the
 * same bytes; other bytes in a file's place stop the writer (a fork is never made).
 */
export class LogWriter {
  readonly #input: LogWriterInput;
  #edge: LogEdge;
  #newest: LogEntry | null;

  constructor(input: LogWriterInput) {
    this.#input = input;
    this.#edge = input.edge;
    this.#newest = input.newest;
  }

  get edge(): LogEdge {
    return this.#edge;
  }

  /** When the newest entry was made; 0 for an empty log. */
  get lastCreatedUs(): number {
    return this.#newest?.createdUs ?? 0;
  }

  /** Whether the keys of the log's records are destroyed: nothing comes behind the statement that says so. */
  get isEnded(): boolean {
    return this.#newest?.kind === 'statement' && this.#newest.statement.kind === keysDestroyedKind;
  }

  /** archived → sealed: it becomes the next entry, and a signed checkpoint commits to it. */
  async append(next: NewEntry): Promise<void> {
    const { archive, tenantId, transaction, signingKey, onStep } = this.#input;
    if (this.isEnded) throw new SealingError('log-ended', `block ${this.#edge.size}`);
    const entry = decodeArchived(next.bytes);
    if (entry.number !== this.#edge.size) {
      throw new SealingError('archive-object-conflict', `block ${this.#edge.size}`);
    }
    await this.#describe(entry);
    if (next.content.logGroups.some(({ logGroup }) => describedGroups.has(logGroup))) {
      // An earlier wording stays: a description is written once, and sealing does not depend on it.
      await archive.putOnce('format-reviews.md', Buffer.from(reviewsDescription, 'utf8'));
    }
    const growth = appendToLog(this.#edge, [next.bytes]);
    for (const object of growth.objects) await this.#putOnce(`${logFolder}/${object.path}`, object.bytes);
    const size = growth.edge.size;
    const checkpoint = signCheckpoint({ origin: logOrigin(tenantId), size, root: growth.root }, signingKey());
    const note = Buffer.from(checkpoint, 'utf8');
    onStep('seal-before-checkpoint');
    if (keepsCheckpoint(entry, this.#newest)) await this.#putOnce(`${logFolder}/${checkpointPath(size)}`, note);
    await archive.replaceCheckpoint(note);
    onStep('seal-before-ledger');
    await this.record(next);
    await transaction.advance({ size, root: growth.root, checkpoint });
    await this.#removeSuperseded(growth.objects, size);
    this.#edge = growth.edge;
    this.#newest = entry;
  }

  /** Notes an entry in the ledger that the archive's log holds already. */
  async record({ bytes, content }: NewEntry): Promise<void> {
    const { transaction } = this.#input;
    const entry = decodeArchived(bytes);
    const row = ledgerRow(entry, bytes);
    await transaction.insertBlock(row);
    if (entry.kind === 'statement') {
      const disposal = disposalOf(entry.statement);
      if (disposal !== null) await transaction.noteDisposal(disposal);
      const tombstone = tombstoneOf(entry.statement);
      if (tombstone !== null) await transaction.noteTombstone(tombstone);
      return;
    }
    await transaction.noteContent({ ...row, retentionPolicy: retentionPolicyOf(entry) }, content);
  }

  /**
   * An archive describes the format of its first entry. Beside it stands the newest description from the first block of
   * version 2 behind version 1 on, and from the first statement on.
   */
  async #describe(entry: LogEntry): Promise<void> {
    const { archive, verifierKey } = this.#input;
    if (this.#newest === null) {
      const text = isOfVersion1(entry) ? formatDescriptionV1 : formatDescription;
      const outcome = await archive.putOnce('format.md', Buffer.from(text, 'utf8'));
      // An earlier release that was stopped at its first block left its own.
      if (outcome === 'exists-other') await this.#describeBeside();
      await this.#putOnce('verifier-key.txt', Buffer.from(`${verifierKey}\n`, 'utf8'));
    } else if (entry.kind === 'statement' || isOfVersion1(this.#newest) !== isOfVersion1(entry)) {
      await this.#describeBeside();
    }
  }

  async #describeBeside(): Promise<void> {
    const described = (await this.#input.archive.get('format.md'))?.toString('utf8') ?? '';
    if (described === formatDescription) return;
    if (!formerDescriptions.has(described)) throw new SealingError('archive-object-conflict', 'format.md');
    await this.#putOnce('format-4.md', Buffer.from(formatDescription, 'utf8'));
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
