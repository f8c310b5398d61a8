/** How long records stay searchable and how long they are kept, in days from their receipt. */
export interface Retention {
  readonly onlineDays: number;
  /** Null: they never expire. */
  readonly keptDays: number | null;
}

/** The policy of every log group that nobody gave another one. */
export const defaultRetentionPolicy = 'default';

/** PCI DSS 10.5.1: twelve months of audit trail history, the last three of them ready for analysis. */
export const retentionFloors = { onlineDays: 90, keptDays: 365 } as const satisfies Retention;

export const defaultRetention: Retention = retentionFloors;

/** Every number of days online has data streams of its own, and a server carries so many. */
export const mostOnlineClasses = 24;

/** A hundred years: longer than that is "never expires". */
const mostDays = 36_525;

const nameForm = /^[a-z0-9][a-z0-9-]{0,31}$/;

export function isRetentionPolicyName(text: string): boolean {
  return nameForm.test(text);
}

export type RetentionRefusal =
  | {
      readonly code: 'below-floor';
      readonly field: keyof Retention;
      readonly floor: number;
      readonly requirement: 'pci:4.0.1:10.5.1';
    }
  /** Records cannot be searched for longer than they are kept. */
  | { readonly code: 'online-beyond-kept' }
  | { readonly code: 'not-whole-days'; readonly field: keyof Retention };

/**
 * Why a policy may not say this, or undefined when it may. Floors can be raised, never lowered; they are of log groups in PCI
 * scope (`inScope`), and for others records are kept for a day at least.
 */
export function refuseRetention(retention: Retention, { inScope = true } = {}): RetentionRefusal | undefined {
  for (const field of ['onlineDays', 'keptDays'] as const) {
    const days = retention[field];
    if (days === null) continue;
    if (!Number.isSafeInteger(days) || days < 1 || days > mostDays) return { code: 'not-whole-days', field };
    const floor = retentionFloors[field];
    if (inScope && days < floor) return { code: 'below-floor', field, floor, requirement: 'pci:4.0.1:10.5.1' };
  }
  const { onlineDays, keptDays } = retention;
  return keptDays !== null && onlineDays > keptDays ? { code: 'online-beyond-kept' } : undefined;
}

/** Whether log groups in PCI scope may have it. */
export function meetsFloors(retention: Retention): boolean {
  return refuseRetention(retention)?.code !== 'below-floor';
}

/** Whether records that come from now on would be searched or kept for a shorter time: then a second person is needed. */
export function isLower(before: Retention, after: Retention): boolean {
  return after.onlineDays < before.onlineDays || daysOrEver(after.keptDays) < daysOrEver(before.keptDays);
}

function daysOrEver(days: number | null): number {
  return days ?? Number.POSITIVE_INFINITY;
}

const dayUs = 86_400 * 1_000_000;

/**
 * Until when records that came at `lastReceivedUs` at the latest must be kept, in microseconds since 1970; null when they
 * never expire. A block is kept as a whole, so its newest record counts.
 */
export function keepUntilUs({ keptDays }: Pick<Retention, 'keptDays'>, lastReceivedUs: number): number | null {
  return keptDays === null ? null : lastReceivedUs + keptDays * dayUs;
}
