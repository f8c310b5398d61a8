import type { Database, OpenSegment, TenantId } from '@akashi/database';
import { dueBlocks, fullBlockBytes, segmentsOfNextBlock } from '@akashi/policy';
import type { JoinedBlock } from './join-block.ts';
import { LogGroupTally } from './join-block.ts';
import { keepUntilOf } from './keep-until.ts';
import type { MaskedMemory, MaskedSegment } from './masked-memory.ts';
import type { Sealer } from './sealer.ts';

/** Which open block: the masked segments of one tenant and retention policy, of this node. */
export interface BlockName {
  readonly tenantId: TenantId;
  readonly retentionPolicy: string;
}

export interface OpenBlocksParts {
  readonly database: Database;
  readonly sealer: Pick<Sealer, 'seal'>;
  /** The ingest node whose inbox this worker reads. */
  readonly node: string;
  readonly now: () => Date;
  readonly memory: MaskedMemory;
  /** Masks a segment from the inbox again; the same masking version gives the same bytes. */
  readonly mask: (tenantId: TenantId, segmentId: string) => Promise<MaskedSegment>;
  readonly maskingVersionOf: (tenantId: TenantId) => string;
  readonly join: (segments: readonly MaskedSegment[]) => Promise<JoinedBlock>;
  /** Removes a raw segment, durably; doing it again is no error. */
  readonly destroy: (tenantId: TenantId, segmentId: string) => Promise<void>;
  readonly metrics: { sealed(): void; open(state: OpenState): void };
  readonly onStep: (step: string) => void;
  /** A block could not be sealed, or (with a segment) goes on without one that cannot be read. */
  readonly onFault: (fault: { tenantId: TenantId; segmentId?: string; error: unknown }) => void;
}

/** What waits for its seal on this node. */
export interface OpenState {
  readonly blocks: number;
  readonly segments: number;
  readonly bytes: number;
  /** How long the oldest record has waited; 0 when none does. */
  readonly oldestMs: number;
}

/** Blocks that are sealed at a time when many are due. */
const lanes = 3;
const retryFirstMs = 1_000;
const retryMostMs = 60_000;
const unreadableForMs = 300_000;
const undestroyedAtOnce = 500;

/**
 * The open blocks of this node. A segment joins when it is masked; a block is sealed when it is full, or when its
 * organisation's seal interval has passed. An open block is nothing but rows of the ledger, so that a crash forgets nothing.
 */
export class OpenBlocks {
  readonly #parts: OpenBlocksParts;
  readonly #sealing = new Map<string, Promise<void>>();
  /** Bytes that joined, as far as this process has seen. */
  readonly #joined = new Map<string, number>();
  readonly #failures = new Map<string, { times: number; notBeforeMs: number }>();
  /** Segments that could not be masked again, and when to try next. */
  readonly #unreadable = new Map<string, number>();

  constructor(parts: OpenBlocksParts) {
    this.#parts = parts;
  }

  /** A masked segment joined its block, which the ledger knows already; a full block is sealed at once. */
  joined(block: BlockName, bytes: number): void {
    const key = keyOf(block);
    const sum = (this.#joined.get(key) ?? 0) + bytes;
    this.#joined.set(key, sum);
    if (sum >= fullBlockBytes && this.#mayTry(key)) void this.#sealSafely(block, 'full');
  }

  /** Seals every block that is due, and destroys raw segments that a crash left behind their seal. */
  async tick(): Promise<void> {
    const { database, node, now, metrics } = this.#parts;
    const nowMs = now().getTime();
    const open = (await database.platform.findOpenBlocks(node)).map((block) => ({
      ...block,
      oldestAcceptedMs: block.oldestAcceptedAt.getTime(),
    }));
    metrics.open(stateOf(open, nowMs));
    const due = dueBlocks(open, nowMs).filter((block) => this.#mayTry(keyOf(block)));
    const lane = async (): Promise<void> => {
      for (let block = due.shift(); block !== undefined; block = due.shift()) await this.#sealSafely(block, 'due');
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await this.#destroyLeft();
  }

  /** Seals what is in the block now, whether it is due or not. */
  async seal(block: BlockName): Promise<void> {
    await this.#sealing.get(keyOf(block));
    await this.#sealOnce(block, 'due');
  }

  /** Seals all open blocks of one tenant on this node. */
  async sealAll(tenantId: TenantId): Promise<void> {
    const { database, node } = this.#parts;
    const open = await database.platform.findOpenBlocks(node);
    for (const block of open) if (block.tenantId === tenantId) await this.seal(block);
  }

  /** Waits for what is being sealed. What is open stays open: the inbox has it. */
  async close(): Promise<void> {
    await Promise.all(this.#sealing.values());
  }

  async #sealSafely(block: BlockName, why: 'full' | 'due'): Promise<void> {
    const key = keyOf(block);
    try {
      await this.#sealOnce(block, why);
      this.#failures.delete(key);
    } catch (error) {
      const times = (this.#failures.get(key)?.times ?? 0) + 1;
      const waitMs = Math.min(retryMostMs, retryFirstMs * 2 ** Math.min(times, 10));
      this.#failures.set(key, { times, notBeforeMs: this.#parts.now().getTime() + waitMs });
      this.#parts.onFault({ tenantId: block.tenantId, error });
    }
  }

  /** One sealing of a block at a time; whoever comes meanwhile shares it. What joins meanwhile is looked at afterwards. */
  #sealOnce(block: BlockName, why: 'full' | 'due'): Promise<void> {
    const key = keyOf(block);
    const running = this.#sealing.get(key);
    if (running !== undefined) return running;
    const sealing = this.#sealParts(block, why).finally(() => {
      this.#sealing.delete(key);
    });
    this.#sealing.set(key, sealing);
    return sealing;
  }

  async #sealParts(block: BlockName, why: 'full' | 'due'): Promise<void> {
    const key = keyOf(block);
    let only: 'full' | 'due' = why;
    do {
      this.#joined.delete(key);
      const rest = await this.#list(block);
      while (rest.length > 0) {
        const next = rest.slice(0, segmentsOfNextBlock(rest));
        if (only === 'full' && bytesOf(next) < fullBlockBytes) break;
        rest.splice(0, next.length);
        await this.#sealBlock(block, next);
      }
      this.#joined.set(key, (this.#joined.get(key) ?? 0) + bytesOf(rest));
      only = 'full';
    } while ((this.#joined.get(key) ?? 0) >= fullBlockBytes);
  }

  async #list({ tenantId, retentionPolicy }: BlockName): Promise<(OpenSegment & { bytes: number })[]> {
    const { database, node } = this.#parts;
    const open = await database.forTenant(tenantId).openSegments.list({ node, retentionPolicy });
    const nowMs = this.#parts.now().getTime();
    return open
      .filter(({ segmentId }) => nowMs >= (this.#unreadable.get(segmentId) ?? 0))
      .map((segment) => ({ ...segment, bytes: segment.maskedBytes }));
  }

  async #sealBlock({ tenantId, retentionPolicy }: BlockName, rows: readonly OpenSegment[]): Promise<void> {
    const { sealer, join, maskingVersionOf, metrics, onStep, database } = this.#parts;
    const maskingVersion = maskingVersionOf(tenantId);
    onStep('seal-before-mask');
    const segments = await this.#maskedOf(tenantId, rows);
    const [first] = segments;
    if (first === undefined) return;
    const damaged = new Set(segments.filter(({ damagedBytes }) => damagedBytes > 0).map(({ segmentId }) => segmentId));
    const groups = new LogGroupTally();
    for (const { logGroups } of segments) logGroups.forEach((group) => groups.add(group));
    const joined = await join(segments);
    const policy = await database.forTenant(tenantId).retentionPolicies.get(retentionPolicy);
    const oldest = rows.find(({ segmentId }) => segmentId === first.segmentId)?.acceptedAt ?? this.#parts.now();
    const number = await sealer.seal(tenantId, {
      ...joined,
      logGroups: groups.list(),
      policy: retentionPolicy,
      keepUntilUs: keepUntilOf(policy, joined.lastReceivedUs ?? oldest.getTime() * 1000),
      maskingVersion,
    });
    // Somebody else sealed some of them meanwhile: the ledger tells what is left.
    if (number === null) return;
    metrics.sealed();
    onStep('seal-before-destroy');
    await this.#destroy(
      tenantId,
      joined.segments.map(({ segmentId }) => segmentId).filter((segmentId) => !damaged.has(segmentId)),
    );
  }

  /** One that cannot be read waits for somebody to look, and keeps none of the others from being sealed. */
  async #maskedOf(tenantId: TenantId, rows: readonly OpenSegment[]): Promise<MaskedSegment[]> {
    const { memory, mask, maskingVersionOf, now, onFault } = this.#parts;
    const version = maskingVersionOf(tenantId);
    const segments: MaskedSegment[] = [];
    for (const { segmentId, maskingVersion } of rows) {
      const kept = maskingVersion === version ? memory.take(segmentId) : undefined;
      try {
        segments.push(kept ?? (await mask(tenantId, segmentId)));
        this.#unreadable.delete(segmentId);
      } catch (error) {
        this.#unreadable.set(segmentId, now().getTime() + unreadableForMs);
        onFault({ tenantId, segmentId, error });
      }
    }
    return segments;
  }

  async #destroyLeft(): Promise<void> {
    const { database, node } = this.#parts;
    const left = Map.groupBy(
      await database.platform.findUndestroyed(node, undestroyedAtOnce),
      ({ tenantId }) => tenantId,
    );
    for (const [tenantId, segments] of left) {
      await this.#destroy(
        tenantId,
        segments.map(({ segmentId }) => segmentId),
      );
    }
  }

  async #destroy(tenantId: TenantId, segmentIds: readonly string[]): Promise<void> {
    for (const segmentId of segmentIds) {
      this.#parts.memory.forget(segmentId);
      await this.#parts.destroy(tenantId, segmentId);
    }
    await this.#parts.database.forTenant(tenantId).openSegments.markDestroyed(segmentIds);
  }

  #mayTry(key: string): boolean {
    return this.#parts.now().getTime() >= (this.#failures.get(key)?.notBeforeMs ?? 0);
  }
}

function keyOf({ tenantId, retentionPolicy }: BlockName): string {
  return `${tenantId} ${retentionPolicy}`;
}

function bytesOf(segments: readonly { readonly bytes: number }[]): number {
  return segments.reduce((sum, { bytes }) => sum + bytes, 0);
}

function stateOf(
  open: readonly { segments: number; bytes: number; oldestAcceptedMs: number }[],
  nowMs: number,
): OpenState {
  return {
    blocks: open.length,
    segments: open.reduce((sum, { segments }) => sum + segments, 0),
    bytes: bytesOf(open),
    oldestMs: Math.max(0, ...open.map(({ oldestAcceptedMs }) => nowMs - oldestAcceptedMs)),
  };
}
