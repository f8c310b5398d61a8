/**
 * What one organisation may use of an installation that many share. Null stands for "no limit". Limits are for fairness:
 * they are set so high that ordinary work, a bulk upload included, never meets them.
 */
export interface Quotas {
  readonly bytesPerSecond: number | null;
  /** What may come at once after a quiet time. */
  readonly burstBytes: number;
  readonly recordsPerSecond: number | null;
  readonly burstRecords: number;
  /** Bytes of sealed blocks in the archive. */
  readonly storageBytes: number | null;
  /** Searches that run at the same time. */
  readonly concurrentSearches: number | null;
}

export type Quota = keyof Quotas;

const mebibyte = 1024 ** 2;

export const defaultQuotas: Quotas = {
  bytesPerSecond: 16 * mebibyte,
  burstBytes: 512 * mebibyte,
  recordsPerSecond: 50_000,
  burstRecords: 2_000_000,
  storageBytes: null,
  concurrentSearches: 16,
};

/** For measurements and for installations of one organisation. */
export const unlimitedQuotas: Quotas = {
  ...defaultQuotas,
  bytesPerSecond: null,
  recordsPerSecond: null,
  storageBytes: null,
  concurrentSearches: null,
};

const names = Object.keys(defaultQuotas) as Quota[];

/** From this share of the storage on, the organisation is warned. */
export const storageWarningShare = 0.8;

/** The quotas that hold: what is stored for the organisation, and the defaults for everything else. */
export function effectiveQuotas(stored: unknown): Quotas {
  const own = typeof stored === 'object' && stored !== null ? (stored as Readonly<Record<string, unknown>>) : {};
  const entries = names.map((name) => [name, quotaValue(own[name], defaultQuotas[name])]);
  const read = Object.fromEntries(entries) as Record<Quota, number | null>;
  return {
    ...read,
    burstBytes: read.burstBytes ?? defaultQuotas.burstBytes,
    burstRecords: read.burstRecords ?? defaultQuotas.burstRecords,
  };
}

function quotaValue(value: unknown, otherwise: number | null): number | null {
  if (value === null) return null;
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : otherwise;
}

export type StorageState = 'free' | 'warned' | 'full';

export function storageState(usedBytes: number, quotas: Pick<Quotas, 'storageBytes'>): StorageState {
  const { storageBytes } = quotas;
  if (storageBytes === null || usedBytes < storageBytes * storageWarningShare) return 'free';
  return usedBytes < storageBytes ? 'warned' : 'full';
}

/** What is left to spend, and when that was; negative after something larger than what was left. */
export interface TokenBucket {
  readonly tokens: number;
  readonly atMs: number;
}

export interface BucketLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export function fullBucket(limit: BucketLimit, nowMs: number): TokenBucket {
  return { tokens: limit.burst, atMs: nowMs };
}

/** The bucket as it is now. A clock that goes back adds nothing. */
export function refill(bucket: TokenBucket, limit: BucketLimit, nowMs: number): TokenBucket {
  const elapsedMs = Math.max(0, nowMs - bucket.atMs);
  const tokens = Math.min(limit.burst, bucket.tokens + (elapsedMs * limit.perSecond) / 1000);
  return { tokens, atMs: Math.max(nowMs, bucket.atMs) };
}

/** Milliseconds until something is taken again; 0 when it is taken now. */
export function waitMs(bucket: TokenBucket, limit: BucketLimit, nowMs: number): number {
  const { tokens } = refill(bucket, limit, nowMs);
  return tokens > 0 ? 0 : Math.floor((-tokens * 1000) / limit.perSecond) + 1;
}

/**
 * Takes what was let in. Whoever has anything left may spend more than that and owes the rest, so that one batch larger
 * than the burst passes and is paid for, instead of being told to come back for ever. Over any time t, what is taken is
 * at most burst + t × rate + one batch.
 */
export function spend(bucket: TokenBucket, limit: BucketLimit, cost: { amount: number; nowMs: number }): TokenBucket {
  const now = refill(bucket, limit, cost.nowMs);
  return { ...now, tokens: now.tokens - cost.amount };
}
