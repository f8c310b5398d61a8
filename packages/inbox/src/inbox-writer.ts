import { makeDirectory } from '@akashi/durable-files';
import { isTenantId } from '@akashi/policy';
import { Backlog, type BacklogLimits, type BacklogState } from './backlog.ts';
import { InboxError } from './inbox-error.ts';
import type { LandingStep, SegmentInfo } from './open-segment.ts';
import { namesIn, type InboxKeys } from './read-segment.ts';
import { recoverInbox, removeOldTails, type RecoveredSegment } from './recover-inbox.ts';
import { TenantInbox } from './tenant-inbox.ts';
import { WriteCheck } from './write-check.ts';
import type { AppendOutcome, InboxBatch, InboxFault } from './writer-lane.ts';
import { takeWriterLock } from './writer-lock.ts';

export interface InboxLimits extends BacklogLimits {
  /** Bytes that may wait in memory for their fdatasync. */
  maxPendingBytes: number;
  /** A segment is closed at this much plaintext … */
  rotateBytes: number;
  /** … or this long after its first frame, whichever comes first. */
  rotateMs: number;
  /** A commit that waits for so long says that the disk does not answer. */
  stalledMs: number;
}

export const defaultInboxLimits: InboxLimits = {
  maxBacklogBytes: 8 * 1024 ** 3,
  maxTenantBacklogBytes: 4 * 1024 ** 3,
  diskReserveBytes: 512 * 1024 ** 2,
  maxPendingBytes: 64 * 1024 ** 2,
  rotateBytes: 8 * 1024 ** 2,
  rotateMs: 1000,
  stalledMs: 10_000,
};

export interface InboxState extends BacklogState {
  pendingBytes: number;
  /** fdatasync rounds and the batches that they made durable: their ratio is the group commit's size. */
  commits: number;
  committedBatches: number;
  faults: number;
}

export interface InboxWriterSettings {
  /** `AKASHI_HOME/inbox` */
  dir: string;
  keys: InboxKeys;
  /** By the clock that receive times are taken from: receipts are kept for a day. */
  nowMs: () => number;
  limits?: Partial<InboxLimits>;
  /** A segment is complete under its final name; also called for those that recovery closed. */
  onClosed?: (segment: Pick<SegmentInfo, 'tenantId' | 'segmentId'>) => void;
  onFault?: InboxFault;
  onStep?: (step: LandingStep) => void;
}

/**
 * Takes batches in. `accepted` means on durable storage (fdatasync of the file, fsync of its directory); every other
 * outcome means that nothing of the batch stays.
 */
export interface InboxWriter {
  append(tenantId: string, batch: InboxBatch): Promise<AppendOutcome>;
  /** What the start found of an earlier process that died. */
  readonly recovered: readonly RecoveredSegment[];
  state(): InboxState;
  /**
   * Rejects with `inbox-not-writable` when the last commit failed and a small write of its own fails as well, and while
   * a commit has waited for the disk for too long.
   */
  checkWrites(): Promise<void>;
  /** Looks at the directory now instead of within the next second, for example after segments were destroyed. */
  rescan(): Promise<void>;
  /** Closes the open segments of all organisations now instead of when they are old enough. */
  closeSegments(): void;
  /** Refuses new batches, commits what waits, closes every segment and gives the lock back. */
  close(): Promise<void>;
}

const scanIntervalMs = 1000;
/** A writer may run for months; what was torn before its start is kept for a day. */
const tailsIntervalMs = 60 * 60_000;

export async function openInboxWriter(settings: InboxWriterSettings): Promise<InboxWriter> {
  const { dir, keys } = settings;
  const limits = { ...defaultInboxLimits, ...settings.limits };
  await makeDirectory(dir);
  const releaseLock = takeWriterLock(dir);
  const recovered = await recoverInbox(dir, keys);
  await removeOldTails(dir);
  const writes = new WriteCheck(dir);
  await writes.removeLeftovers();
  const backlog = new Backlog(dir, limits);
  await backlog.scan(new Set());
  const tenants = new Map<string, TenantInbox>();
  const counts = { commits: 0, committedBatches: 0, faults: 0 };
  let isClosed = false;

  function inboxOf(tenantId: string): TenantInbox {
    const known = tenants.get(tenantId);
    if (known !== undefined) return known;
    if (!isTenantId(tenantId)) throw new InboxError('invalid-id', 'a tenant id is a lower-case UUID');
    const created = new TenantInbox({
      dir,
      tenantId,
      keys,
      backlog,
      rotateBytes: limits.rotateBytes,
      rotateMs: limits.rotateMs,
      nowMs: settings.nowMs,
      onStep: settings.onStep ?? (() => undefined),
      onClosed: settings.onClosed ?? (() => undefined),
      onCommit(batches) {
        counts.commits += 1;
        counts.committedBatches += batches;
        writes.committed();
      },
      onFault(fault) {
        counts.faults += 1;
        if (fault.code === 'commit-failed') writes.failed();
        settings.onFault?.(fault);
      },
    });
    tenants.set(tenantId, created);
    return created;
  }

  for (const tenantId of await namesIn(dir)) {
    if (isTenantId(tenantId)) await inboxOf(tenantId).loadReceipts();
  }
  for (const { tenantId, segmentId, outcome } of recovered) {
    if (outcome === 'closed') settings.onClosed?.({ tenantId, segmentId });
  }

  function pendingBytes(): number {
    let sum = 0;
    for (const each of tenants.values()) sum += each.pendingBytes;
    return sum;
  }

  function rescan(): Promise<void> {
    return backlog.scan(new Set([...tenants.values()].flatMap((each) => each.openSegmentIds())));
  }

  let scanning = Promise.resolve();
  function scanEvery(ms: number, scan: () => Promise<void>): NodeJS.Timeout {
    const timer = setInterval(() => {
      scanning = scanning.then(scan).catch((cause: unknown) => {
        counts.faults += 1;
        settings.onFault?.({ code: 'scan-failed', cause });
      });
    }, ms);
    return timer.unref();
  }
  const timers = [scanEvery(scanIntervalMs, rescan), scanEvery(tailsIntervalMs, () => removeOldTails(dir))];

  return {
    recovered,
    append(tenantId, batch) {
      if (isClosed) return Promise.reject(new InboxError('inbox-closed', 'the inbox is closed'));
      const bytes = batch.records.encoded.length;
      const waiting = pendingBytes();
      if (waiting > 0 && waiting + bytes > limits.maxPendingBytes) {
        return Promise.resolve({ code: 'backlog-full', retryAfterSeconds: 1, limitBytes: limits.maxPendingBytes });
      }
      const own = inboxOf(tenantId);
      // Half of the memory at most, so that a flood never fills what the batches of others wait in.
      const ownLimit = limits.maxPendingBytes / 2;
      if (own.pendingBytes > 0 && own.pendingBytes + bytes > ownLimit) {
        return Promise.resolve({ code: 'backlog-full', retryAfterSeconds: 1, limitBytes: ownLimit });
      }
      const refusal = backlog.refusal(tenantId, bytes + waiting);
      return refusal === undefined ? own.append(batch) : Promise.resolve(refusal);
    },
    state: () => ({ ...backlog.state(), ...counts, pendingBytes: pendingBytes() }),
    async checkWrites() {
      if ([...tenants.values()].some(({ committingForMs }) => committingForMs >= limits.stalledMs)) {
        throw new InboxError('inbox-not-writable', 'the disk does not answer');
      }
      await writes.run();
    },
    rescan,
    closeSegments() {
      for (const each of tenants.values()) each.closeSegments();
    },
    async close() {
      isClosed = true;
      for (const timer of timers) clearInterval(timer);
      await scanning;
      await Promise.all([...tenants.values()].map((each) => each.close()));
      releaseLock();
    },
  };
}
