import type { Archive } from '@akashi/archive';
import type { BlockLogGroup, Database, SealTransaction, TenantId } from '@akashi/database';
import {
  encodeBlock,
  encodeHeartbeat,
  encodeStatement,
  splitBlockObject,
  type KeepUntil,
  type LogEdge,
  type LogStatement,
} from '@akashi/integrity';
import type { Keyring, TenantKeys } from '@akashi/keyring';
import { findLeftover } from './find-leftover.ts';
import { LogWriter, type NewEntry } from './log-writer.ts';
import { contentOfBlock, nothingSealed } from './block-content.ts';
import type { JoinedBlock } from './join-block.ts';
import { farthestDay } from './keep-until.ts';
import { decodeArchived, openTenantLog, type OpenedLog } from './open-tenant-log.ts';
import { finishKeyChange, keyChangeStatement, type RequestedKeyChange } from './key-change.ts';
import { SealingError } from './sealing-error.ts';

/** What a block holds before it has a number. */
export interface BlockContent extends JoinedBlock {
  readonly logGroups: readonly BlockLogGroup[];
  /** Retention policy of every record. */
  readonly policy: string;
  readonly keepUntilUs: KeepUntil;
  readonly maskingVersion: string;
}

/** Where a statement is to stand, and the ledger under its write lock. */
export interface StatementPlace {
  readonly entry: number;
  readonly createdUs: number;
  readonly transaction: SealTransaction;
}

export type NewStatement = Pick<LogStatement, 'kind' | 'content'>;

const dayUs = 86_400 * 1_000_000;

export interface SealerParts {
  readonly database: Database;
  readonly archive: Archive;
  readonly keyring: Keyring;
  readonly nowUs: () => number;
  /** 12 random bytes for each block body. */
  readonly newNonce: () => Uint8Array;
  /** Told before each durable step, for fault drills. */
  readonly onStep: (step: string) => void;
}

interface SealContext {
  readonly tenantId: TenantId;
  readonly keys: TenantKeys;
  readonly opened: OpenedLog;
  readonly writer: LogWriter;
  readonly transaction: SealTransaction;
}

/**
 * masked → archived → sealed, for every tenant. The ledger's row lock makes it the only writer of a tenant's log across
 * processes; the write-once archive stops any second writer that would believe otherwise.
 */
export class Sealer {
  readonly #parts: SealerParts;
  readonly #edges = new Map<TenantId, LogEdge>();

  constructor(parts: SealerParts) {
    this.#parts = parts;
  }

  /**
   * Seals a block and answers its number. Null, and nothing is written, when one of its segments is sealed already: by
   * another process, or by one that a crash left half done and that was brought back just now.
   */
  async seal(tenantId: TenantId, content: BlockContent): Promise<number | null> {
    return this.#withLog(tenantId, content.lastReceivedUs ?? 0, async (context) => {
      if (context.writer.isEnded) throw new SealingError('log-ended', `block ${context.writer.edge.size}`);
      const segmentIds = content.segments.map(({ segmentId }) => segmentId);
      const unsealed = await context.transaction.unsealed(segmentIds);
      return unsealed.length === segmentIds.length ? this.#archiveAndSeal(context, content) : null;
    });
  }

  /** Seals a heartbeat if it is still needed once nobody else can write to the log; answers whether it did. */
  async sealHeartbeat(
    tenantId: TenantId,
    { maskingVersion, isNeeded }: { maskingVersion: string; isNeeded: () => Promise<boolean> },
  ): Promise<boolean> {
    return this.#withLog(tenantId, 0, async ({ writer }) => {
      if (writer.isEnded || !(await isNeeded())) return false;
      const createdUs = Math.max(this.#parts.nowUs(), writer.lastCreatedUs);
      const bytes = encodeHeartbeat({ tenantId, block: writer.edge.size, createdUs, maskingVersion });
      await writer.append({ bytes, content: nothingSealed });
      return true;
    });
  }

  /**
   * Seals a statement and answers its number. `make` says what it is to say once nobody else can write to the log and what a
   * crash left is brought back; where it answers null, and behind the end of a log, nothing is written.
   */
  async sealStatement(
    tenantId: TenantId,
    make: (place: StatementPlace) => Promise<NewStatement | null>,
  ): Promise<number | null> {
    return this.#withLog(tenantId, 0, async ({ writer, transaction }) => {
      if (writer.isEnded) return null;
      const entry = writer.edge.size;
      const createdUs = Math.max(this.#parts.nowUs(), writer.lastCreatedUs);
      const statement = await make({ entry, createdUs, transaction });
      if (statement === null) return null;
      const bytes = encodeStatement({ tenantId, entry, createdUs, ...statement });
      await writer.append({ bytes, content: nothingSealed });
      return entry;
    });
  }

  /**
   * Puts a new data or signing key in the place of the newest one. The statement that says so is signed by the old key; every
   * entry behind it is encrypted with, or signed by, the new one. Answers the statement's number.
   */
  async rotateKey(tenantId: TenantId, change: RequestedKeyChange): Promise<number> {
    return this.#withLog(tenantId, 0, async ({ writer, keys }) => {
      if (writer.isEnded) throw new SealingError('log-ended', `block ${writer.edge.size}`);
      const { onStep, nowUs } = this.#parts;
      const rotation = this.#parts.keyring.rotationOf(tenantId);
      const id = await rotation.prepare(change.purpose);
      onStep('rotate-after-prepare');
      const entry = writer.edge.size;
      const createdUs = Math.max(nowUs(), writer.lastCreatedUs);
      const statement = keyChangeStatement({ keys, rotation, id }, change);
      await writer.append({
        bytes: encodeStatement({ tenantId, entry, createdUs, ...statement }),
        content: nothingSealed,
      });
      onStep('rotate-after-statement');
      await rotation.promote(change.purpose, id);
      onStep('rotate-after-promote');
      return entry;
    });
  }

  /**
   * Works on the tenant's log as its only writer, after bringing back what a crash left; `newestUs` is when the newest record
   * that is to be sealed was received.
   */
  async #withLog<T>(tenantId: TenantId, newestUs: number, work: (context: SealContext) => Promise<T>): Promise<T> {
    const { log } = this.#parts.database.forTenant(tenantId);
    const { answer, edge } = await log.withSealLock(async (transaction) => {
      const context = await this.#open(tenantId, transaction);
      await this.#adopt(context, newestUs);
      return { answer: await work(context), edge: context.writer.edge };
    });
    // Remembered only after the commit: a rolled-back edge would be one that the ledger has never seen.
    this.#edges.set(tenantId, edge);
    return answer;
  }

  async #open(tenantId: TenantId, transaction: SealTransaction): Promise<SealContext> {
    const archive = this.#parts.archive.forTenant(tenantId);
    const keys = this.#parts.keyring.forTenant(tenantId);
    const verifierKeys = keys.verifierKeys();
    const opened = await openTenantLog({ archive, transaction, verifierKeys, remembered: this.#edges.get(tenantId) });
    const { onStep } = this.#parts;
    const { edge, newest } = opened;
    const writer = new LogWriter({
      tenantId,
      archive,
      transaction,
      signingKey: () => keys.signingKey(),
      verifierKey: verifierKeys[0] ?? keys.verifierKey(),
      edge,
      newest,
      onStep,
    });
    return { tenantId, keys, opened, writer, transaction };
  }

  /** Brings back what a crash left between archive, log and ledger. */
  async #adopt({ tenantId, keys, opened, writer, transaction }: SealContext, newestUs: number): Promise<void> {
    for (const bytes of opened.unrecorded) await writer.record(await this.#entryOf(tenantId, bytes));
    if (opened.head !== null && opened.unrecorded.length > 0) {
      await transaction.advance({ size: writer.edge.size, ...opened.head });
    }
    if (writer.isEnded) return;
    const rotation = this.#parts.keyring.rotationOf(tenantId);
    // Before anything is signed: a key that the log has retired signs nothing more.
    await finishKeyChange(rotation, transaction);
    const archive = this.#parts.archive.forTenant(tenantId);
    const leftover = await findLeftover(
      { archive, keys },
      {
        tenantId,
        block: writer.edge.size,
        fromUs: writer.lastCreatedUs,
        untilUs: this.#latestUs(Math.max(writer.lastCreatedUs, newestUs)),
      },
    );
    if (leftover === undefined) return;
    await writer.append(leftover);
    await finishKeyChange(rotation, transaction);
  }

  /** How late a leftover may be dated: a clock that was set back since knows only that it was soon after what is known. */
  #latestUs(newestKnownUs: number): number {
    const nowUs = this.#parts.nowUs();
    return newestKnownUs > nowUs ? newestKnownUs + dayUs : nowUs;
  }

  /** An entry of the archived log with what its block holds, which only the block itself tells. */
  async #entryOf(tenantId: TenantId, bytes: Buffer): Promise<NewEntry> {
    const entry = decodeArchived(bytes);
    if (entry.kind === 'statement' || entry.objectKey === null) return { bytes, content: nothingSealed };
    const key = entry.objectKey;
    const object = await this.#parts.archive.forTenant(tenantId).get(key);
    const split = object === null ? undefined : splitBlockObject(object);
    const keys = this.#parts.keyring.forTenant(tenantId);
    const content = split?.ok === true ? contentOfBlock(entry.header, split.body, keys) : null;
    if (content === null) throw new SealingError('archive-object-conflict', key);
    return { bytes, content };
  }

  async #archiveAndSeal(context: SealContext, content: BlockContent): Promise<number> {
    const { tenantId, keys, writer } = context;
    const blockNumber = writer.edge.size;
    // Never earlier than the block before it, also when the clock was set back.
    const createdUs = Math.max(this.#parts.nowUs(), writer.lastCreatedUs, content.lastReceivedUs ?? 0);
    const { headerBytes, object, key } = encodeBlock({
      ...content,
      tenantId,
      block: blockNumber,
      createdUs,
      dataKey: keys.dataKey(),
      nonce: this.#parts.newNonce(),
    });
    await this.#archiveBlock(tenantId, { key, object, keepUntilUs: content.keepUntilUs });
    const segmentIds = content.segments.map(({ segmentId }) => segmentId);
    await this.#parts.database.forTenant(tenantId).openSegments.markArchived(segmentIds);
    const { segments, logGroups } = content;
    await writer.append({ bytes: headerBytes, content: { segments, logGroups } });
    return blockNumber;
  }

  /** masked → archived: from here on a crash is mended by adopting the object. */
  async #archiveBlock(
    tenantId: TenantId,
    { key, object, keepUntilUs }: { key: string; object: Buffer; keepUntilUs: KeepUntil },
  ): Promise<void> {
    this.#parts.onStep('archive-before-write');
    const keepUntil = keepUntilUs === 'never' ? farthestDay : new Date(Math.ceil(keepUntilUs / 1000));
    const outcome = await this.#parts.archive.forTenant(tenantId).putOnce(key, object, { keepUntil });
    if (outcome === 'exists-other') throw new SealingError('archive-object-conflict', key);
    this.#parts.onStep('archive-after-write');
  }
}
