import type {
  LogGroupKeeping,
  LogStreamKeeping,
  RetentionPolicyAnswer,
  RetentionVerdict,
  WaitingRetentionChange,
} from '@akashi/contracts';
import type { Approval, LogGroupKept, LogStreamKept, RetentionPolicy } from '@akashi/database';
import { defaultRetentionPolicy, judgeKeeping, meetsFloors, type KeepingVerdict } from '@akashi/policy';
import type { OldestEvents } from '@akashi/search';

export interface Shown {
  readonly now: Date;
  /** By log group; undefined where the index could not be asked. */
  readonly oldest: ReadonlyMap<string, OldestEvents> | undefined;
}

type Standing = Pick<LogStreamKeeping, 'since' | 'lastReceivedAt' | 'oldestOnline' | 'oldestKept' | 'verdict'>;

const isoOfUs = (us: number | null): string | null => (us === null ? null : new Date(us / 1000).toISOString());
const usOf = (at: Date | number): number => (typeof at === 'number' ? at : at.getTime()) * 1000;

export function standingOf(group: LogGroupKept, { now, oldest }: Shown): Standing {
  const oldestMs = oldest?.get(group.logGroup)?.oldestMs ?? null;
  const verdict = judgeKeeping({
    retention: group.policy,
    inScope: group.inScope,
    sinceUs: group.sinceUs,
    oldestOnlineUs: oldest === undefined ? undefined : oldestMs === null ? null : usOf(oldestMs),
    onlineFromUs: group.firstSinceUs,
    newestRemovedUs: group.newestRemovedUs,
    nowUs: usOf(now),
  });
  return {
    since: isoOfUs(group.sinceUs),
    lastReceivedAt: group.lastReceivedAt?.toISOString() ?? null,
    oldestOnline: oldestMs === null ? null : new Date(oldestMs).toISOString(),
    oldestKept: isoOfUs(group.oldestKeptUs),
    verdict: showVerdict(verdict),
  };
}

/**
 * Blocks are of log groups, so a stream's oldest kept record is not known to the moment: it came when the stream began, or
 * when the oldest of its log group that is kept did.
 */
export function streamStandingOf(
  stream: LogStreamKept,
  group: LogGroupKept,
  { now, oldest, onlineSinceUs }: Shown & { readonly onlineSinceUs: number },
): LogStreamKeeping {
  const { logStream, lastReceivedAt } = stream;
  const found = oldest?.get(stream.logGroup);
  const oldestMs = found?.streams.get(logStream) ?? null;
  // A stream is noted when its first records are indexed, and that is after they came.
  const sinceUs = Math.min(usOf(stream.sinceAt), oldestMs === null ? Number.POSITIVE_INFINITY : usOf(oldestMs));
  const lastUs = lastReceivedAt === null ? null : usOf(lastReceivedAt);
  const isKnown = oldest !== undefined && (found === undefined || found.areAllStreams || oldestMs !== null);
  // When it began within the floor, that is its oldest; when not, one record is all that is known of.
  const onlineFromUs = lastUs === null || lastUs < onlineSinceUs ? null : sinceUs >= onlineSinceUs ? sinceUs : lastUs;
  const verdict = judgeKeeping({
    retention: group.policy,
    inScope: group.inScope,
    sinceUs,
    oldestOnlineUs: isKnown ? (oldestMs === null ? null : usOf(oldestMs)) : undefined,
    onlineFromUs,
    newestRemovedUs: group.newestRemovedUs !== null && group.newestRemovedUs >= sinceUs ? group.newestRemovedUs : null,
    nowUs: usOf(now),
  });
  const { oldestKeptUs } = group;
  return {
    logStream,
    since: isoOfUs(sinceUs),
    lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
    oldestOnline: oldestMs === null ? null : new Date(oldestMs).toISOString(),
    oldestKept: oldestKeptUs === null ? null : isoOfUs(Math.max(sinceUs, oldestKeptUs)),
    verdict: showVerdict(verdict),
  };
}

function showVerdict({ youngUntilUs, ...verdict }: KeepingVerdict): RetentionVerdict {
  return { ...verdict, youngUntil: isoOfUs(youngUntilUs) };
}

/** Of one that is seen in part its times would tell of events that the caller may not know of. */
export const withheldStanding: Standing = {
  since: null,
  lastReceivedAt: null,
  oldestOnline: null,
  oldestKept: null,
  verdict: {
    state: 'unknown',
    online: { state: 'unknown', reason: 'seen-in-part', floorDays: 90 },
    kept: { state: 'unknown', reason: 'seen-in-part', floorDays: 365 },
    youngUntil: null,
  },
};

export function scopeExceptionOf(group: LogGroupKept): LogGroupKeeping['scopeException'] {
  const { inScope, scopeReason, scopeChangedBy, scopeApprovedBy, scopeChangedAt } = group;
  if (inScope || scopeReason === null || scopeChangedAt === null) return null;
  return {
    reason: scopeReason,
    by: scopeChangedBy ?? '',
    approvedBy: scopeApprovedBy,
    at: scopeChangedAt.toISOString(),
  };
}

export function showPolicy(policy: RetentionPolicy, isSeen: (logGroup: string) => boolean): RetentionPolicyAnswer {
  const { name, title, onlineDays, keptDays, createdAt, logGroups } = policy;
  return {
    id: name,
    title,
    onlineDays,
    keptDays,
    isDefault: name === defaultRetentionPolicy,
    outOfScopeOnly: !meetsFloors(policy),
    logGroups: logGroups.filter(isSeen).length,
    createdAt: createdAt.toISOString(),
  };
}

export function showWaiting(asked: Extract<Approval, { kind: 'retention' }>): WaitingRetentionChange {
  const { id, content, requestedBy, requestedAt, lapsesAt } = asked;
  return {
    approvalId: id,
    change: content,
    requestedBy: { id: requestedBy.id, name: requestedBy.displayName, email: requestedBy.email },
    requestedAt: requestedAt.toISOString(),
    lapsesAt: lapsesAt.toISOString(),
  };
}
