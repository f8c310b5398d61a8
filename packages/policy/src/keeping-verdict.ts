import { retentionFloors, type Retention } from './retention.ts';

/** From the worst to the best, and what says nothing. */
export const keepingStates = ['broken', 'unknown', 'young', 'holds', 'empty', 'out-of-scope'] as const;

export type KeepingState = (typeof keepingStates)[number];

export type KeepingReason =
  | 'complete'
  | 'younger-than-floor'
  | 'policy-below-floor'
  | 'not-online'
  | 'removed-early'
  | 'index-unavailable'
  | 'seen-in-part'
  | 'nothing-received'
  | 'out-of-scope';

/** What is known of a log group or a log stream. Receive times in microseconds since 1970. */
export interface KeepingSeen {
  readonly retention: Retention;
  readonly inScope: boolean;
  /** When its first record came; null before one did. */
  readonly sinceUs: number | null;
  /** Of the oldest record in the index; null: there is none. Undefined: the index could not be asked. */
  readonly oldestOnlineUs: number | null | undefined;
  /** A record of it that came within the online floor came then, or before; null: none is known of. */
  readonly onlineFromUs: number | null;
  /** Of the newest record that was removed with its block; null: none was. */
  readonly newestRemovedUs: number | null;
  readonly nowUs: number;
}

export interface KeepingSide {
  readonly state: KeepingState;
  readonly reason: KeepingReason;
  readonly floorDays: number;
}

export interface KeepingVerdict {
  readonly state: KeepingState;
  readonly online: KeepingSide;
  readonly kept: KeepingSide;
  /** Of a young one: when it will be as old as the floors ask. */
  readonly youngUntilUs: number | null;
}

type Judged = Pick<KeepingSide, 'state' | 'reason'>;

const dayUs = 86_400 * 1_000_000;
const onlineFloorUs = retentionFloors.onlineDays * dayUs;
const keptFloorUs = retentionFloors.keptDays * dayUs;

/** Since when records of now must be searchable, in microseconds since 1970. */
export function onlineSinceUs(nowUs: number): number {
  return nowUs - onlineFloorUs;
}

/**
 * Whether twelve months are kept, the last three of them ready for analysis (PCI DSS 10.5.1). What exists for a shorter time
 * and has lost nothing is young.
 */
export function judgeKeeping(seen: KeepingSeen): KeepingVerdict {
  const online = { ...judge(seen, judgeOnline, 'onlineDays'), floorDays: retentionFloors.onlineDays };
  const kept = { ...judge(seen, judgeKept, 'keptDays'), floorDays: retentionFloors.keptDays };
  const young = [
    ...(online.state === 'young' ? [onlineFloorUs] : []),
    ...(kept.state === 'young' ? [keptFloorUs] : []),
  ];
  return {
    state: worstState([online.state, kept.state]),
    online,
    kept,
    youngUntilUs: young.length === 0 || seen.sinceUs === null ? null : seen.sinceUs + Math.max(...young),
  };
}

/** The state that counts for all of them together. */
export function worstState(states: readonly KeepingState[]): KeepingState {
  return keepingStates.find((state) => states.includes(state)) ?? 'empty';
}

function judge(
  seen: KeepingSeen,
  judgeFacts: (seen: KeepingSeen & { sinceUs: number }) => Judged,
  field: keyof Retention,
): Judged {
  if (!seen.inScope) return { state: 'out-of-scope', reason: 'out-of-scope' };
  const days = seen.retention[field];
  if (days !== null && days < retentionFloors[field]) return { state: 'broken', reason: 'policy-below-floor' };
  const { sinceUs } = seen;
  return sinceUs === null ? { state: 'empty', reason: 'nothing-received' } : judgeFacts({ ...seen, sinceUs });
}

function judgeOnline({ sinceUs, oldestOnlineUs, onlineFromUs, nowUs }: KeepingSeen & { sinceUs: number }): Judged {
  if (oldestOnlineUs === undefined) return { state: 'unknown', reason: 'index-unavailable' };
  const isMissing = onlineFromUs !== null && (oldestOnlineUs === null || oldestOnlineUs > onlineFromUs);
  if (isMissing) return { state: 'broken', reason: 'not-online' };
  return isYoung(sinceUs, nowUs - onlineFloorUs);
}

function judgeKept({ sinceUs, newestRemovedUs, nowUs }: KeepingSeen & { sinceUs: number }): Judged {
  const floorUs = nowUs - keptFloorUs;
  if (newestRemovedUs !== null && newestRemovedUs > floorUs) return { state: 'broken', reason: 'removed-early' };
  return isYoung(sinceUs, floorUs);
}

function isYoung(sinceUs: number, floorUs: number): Judged {
  return sinceUs > floorUs ? { state: 'young', reason: 'younger-than-floor' } : { state: 'holds', reason: 'complete' };
}
