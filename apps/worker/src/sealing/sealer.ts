import type { Archive } from '@akashi/archive';
import type { Database, SealTransaction, TenantId } from '@akashi/database';
import { encodeBlock, type LogEdge } from '@akashi/integrity';
import type { Keyring, TenantKeys } from '@akashi/keyring';
import { findLeftover } from './find-leftover.ts';
import { LogWriter } from './log-writer.ts';
import { openTenantLog, type OpenedLog } from './open-tenant-log.ts';
import { SealingError } from './sealing-error.ts';

/** What a block holds before it has a number. Null segment: a heartbeat. */
export interface BlockContent {
  readonly segmentId: string | null;
  readonly compressed: Uint8Array;
  readonly root: Uint8Array;
  readonly records: number;
  readonly firstReceivedUs: number | null;
  readonly lastReceivedUs: number | null;
  readonly maskingVersion: string;
}

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
   * Seals the block and answers its number. A segment that is sealed already, also one that a crash left half done,
   * answers the number it has. `makeContent` is called only when the block is still needed, while nobody else can write
   * to the log; null when it finds that there is nothing to seal.
   */
  async seal(
    tenantId: TenantId,
    segmentId: string | null,
    makeContent: () => Promise<BlockContent | null>,
  ): Promise<number | null> {
    const log = this.#parts.database.forTenant(tenantId).log;
    const sealed = await log.withSealLock(async (transaction) => {
      const context = await this.#open(tenantId, transaction);
      await this.#adopt(context);
      const known = segmentId === null ? null : await transaction.findBlockBySegment(segmentId);
      const sealNew = async (): Promise<number | null> => {
        const content = await makeContent();
        return content === null ? null : this.#archiveAndSeal(context, content);
      };
      const block = known === null ? await sealNew() : known.number;
      return { block, edge: context.writer.edge };
    });
    // Remembered only after the commit: a rolled-back edge would be one that the ledger has never seen.
    this.#edges.set(tenantId, sealed.edge);
    return sealed.block;
  }

  async #open(tenantId: TenantId, transaction: SealTransaction): Promise<SealContext> {
    const archive = this.#parts.archive.forTenant(tenantId);
    const keys = this.#parts.keyring.forTenant(tenantId);
    const verifierKey = keys.verifierKey();
    const opened = await openTenantLog({ archive, transaction, verifierKey, remembered: this.#edges.get(tenantId) });
    const signingKey = keys.signingKey();
    const { onStep } = this.#parts;
    const { edge, lastCreatedUs } = opened;
    const writer = new LogWriter({
      tenantId,
      archive,
      transaction,
      signingKey,
      verifierKey,
      edge,
      lastCreatedUs,
      onStep,
    });
    return { tenantId, keys, opened, writer, transaction };
  }

  /** Brings back what a crash left between archive, log and ledger. */
  async #adopt({ tenantId, keys, opened, writer, transaction }: SealContext): Promise<void> {
    for (const header of opened.unrecorded) await writer.record(header);
    if (opened.head !== null && opened.unrecorded.length > 0) {
      await transaction.advance({ size: writer.edge.size, ...opened.head });
    }
    const archive = this.#parts.archive.forTenant(tenantId);
    const leftover = await findLeftover(
      { archive, keys },
      {
        tenantId,
        block: writer.edge.size,
        fromUs: writer.lastCreatedUs,
        nowUs: this.#parts.nowUs(),
      },
    );
    if (leftover !== undefined) await writer.append(leftover.headerBytes);
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
    await this.#archiveBlock(tenantId, key, object);
    if (content.segmentId !== null) {
      await this.#parts.database.forTenant(tenantId).segments.markArchived(content.segmentId, blockNumber);
    }
    await writer.append(headerBytes);
    return blockNumber;
  }

  /** masked → archived: from here on a crash is mended by adopting the object. */
  async #archiveBlock(tenantId: TenantId, key: string, object: Buffer): Promise<void> {
    this.#parts.onStep('archive-before-write');
    const outcome = await this.#parts.archive.forTenant(tenantId).putOnce(key, object);
    if (outcome === 'exists-other') throw new SealingError('archive-object-conflict', key);
    this.#parts.onStep('archive-after-write');
  }
}
