import { statfs } from 'node:fs/promises';
import { listSegments } from './read-segment.ts';

export interface BacklogLimits {
  /** Bytes that may wait in the inbox, all tenants together. */
  maxBacklogBytes: number;
  /** Bytes of one tenant, so that one flood does not close the door for all. */
  maxTenantBacklogBytes: number;
  /** Bytes that stay free on the file system, for receipts, renames and the other stores. */
  diskReserveBytes: number;
}

export interface BacklogState {
  backlogBytes: number;
  tenantBacklogBytes: Record<string, number>;
  segments: number;
  diskFreeBytes: number;
}

export type Refusal =
  | { code: 'backlog-full'; retryAfterSeconds: number; limitBytes: number }
  | { code: 'disk-full'; retryAfterSeconds: number };

/**
 * What waits in the inbox. The writer adds as it writes; workers remove files from another process, which a scan
 * notices. Between scans the figure can only be too high, so a limit is never overrun because of it.
 */
export class Backlog {
  readonly #dir: string;
  readonly #limits: BacklogLimits;
  #tenants = new Map<string, Map<string, number>>();
  #total = 0;
  #freeBytes = Number.MAX_SAFE_INTEGER;

  constructor(dir: string, limits: BacklogLimits) {
    this.#dir = dir;
    this.#limits = limits;
  }

  /**
   * Says why `bytes` more of this tenant cannot be taken now, or undefined when they can. An empty inbox takes any batch:
   * one that is larger than the limit would otherwise be told to come back for ever.
   */
  refusal(tenantId: string, bytes: number): Refusal | undefined {
    const { maxBacklogBytes, maxTenantBacklogBytes, diskReserveBytes } = this.#limits;
    if (this.#freeBytes - bytes < diskReserveBytes) return { code: 'disk-full', retryAfterSeconds: 10 };
    if (this.#total > 0 && this.#total + bytes > maxBacklogBytes) {
      return { code: 'backlog-full', retryAfterSeconds: 5, limitBytes: maxBacklogBytes };
    }
    const tenantBytes = this.#tenantBytes(tenantId);
    if (tenantBytes > 0 && tenantBytes + bytes > maxTenantBacklogBytes) {
      return { code: 'backlog-full', retryAfterSeconds: 5, limitBytes: maxTenantBacklogBytes };
    }
    return undefined;
  }

  grow(segment: { tenantId: string; segmentId: string }, bytes: number): void {
    let segments = this.#tenants.get(segment.tenantId);
    if (segments === undefined) this.#tenants.set(segment.tenantId, (segments = new Map<string, number>()));
    segments.set(segment.segmentId, (segments.get(segment.segmentId) ?? 0) + bytes);
    this.#total += bytes;
    this.#freeBytes -= bytes;
  }

  /** Looks at the directory and the file system again. `open` are the segments that the writer has not closed. */
  async scan(open: ReadonlySet<string>): Promise<void> {
    const before = this.#tenants;
    const listed = await listSegments(this.#dir);
    const free = await statfs(this.#dir);
    this.#freeBytes = free.bavail * free.bsize;
    const next = new Map<string, Map<string, number>>();
    for (const { tenantId, segmentId, bytes } of listed) {
      let segments = next.get(tenantId);
      if (segments === undefined) next.set(tenantId, (segments = new Map<string, number>()));
      segments.set(segmentId, bytes);
    }
    for (const [tenantId, segments] of before) {
      for (const [segmentId, bytes] of segments) {
        if (!open.has(segmentId)) continue;
        const kept = next.get(tenantId) ?? new Map<string, number>();
        next.set(tenantId, kept.set(segmentId, bytes));
      }
    }
    this.#tenants = next;
    this.#total = 0;
    for (const tenantId of next.keys()) this.#total += this.#tenantBytes(tenantId);
  }

  state(): BacklogState {
    let segments = 0;
    for (const tenant of this.#tenants.values()) segments += tenant.size;
    return {
      backlogBytes: this.#total,
      tenantBacklogBytes: Object.fromEntries([...this.#tenants.keys()].map((id) => [id, this.#tenantBytes(id)])),
      segments,
      diskFreeBytes: this.#freeBytes,
    };
  }

  #tenantBytes(tenantId: string): number {
    let sum = 0;
    for (const bytes of this.#tenants.get(tenantId)?.values() ?? []) sum += bytes;
    return sum;
  }
}
