import type { SendingTenant, TenantId } from '@akashi/database';
import {
  effectiveQuotas,
  fullBucket,
  refill,
  spend,
  storageState,
  waitMs,
  type BucketLimit,
  type Quotas,
  type TokenBucket,
} from '@akashi/policy';

export type IntakeDecision =
  | { readonly code: 'open' }
  | { readonly code: 'tenant-suspended' }
  | {
      readonly code: 'quota-exceeded';
      readonly quota: 'bytesPerSecond' | 'recordsPerSecond' | 'storageBytes';
      readonly limit: number;
      readonly waitMs: number;
    };

export interface Batch {
  readonly bytes: number;
  readonly records: number;
}

/** One limit as a sender may be told of it. */
export interface RateState {
  readonly name: 'bytes' | 'records';
  readonly burst: number;
  readonly perSecond: number;
  readonly remaining: number;
}

/** A full archive is not emptied by waiting: somebody must raise the quota, and senders look again now and then. */
const storageRetryMs = 15 * 60_000;

const open: IntakeDecision = { code: 'open' };

interface TenantState {
  readonly tenant: SendingTenant | undefined;
  readonly quotas: Quotas;
  bytes: TokenBucket;
  records: TokenBucket;
}

export interface IntakeQuotasSettings {
  /** The organisation as it is now; one that is not known has the defaults. */
  readonly tenantOf: (tenantId: TenantId) => SendingTenant | undefined;
  readonly nowMs: () => number;
}

/** Whether an organisation may send now: its status, and what it has used of its quotas in this process. */
export class IntakeQuotas {
  readonly #settings: IntakeQuotasSettings;
  readonly #states = new Map<TenantId, TenantState>();

  constructor(settings: IntakeQuotasSettings) {
    this.#settings = settings;
  }

  /** `ownBytes` were charged already for what is asked about: they do not speak against it. */
  decide(tenantId: TenantId, ownBytes = 0): IntakeDecision {
    const { tenant, quotas, bytes: left, records } = this.#stateOf(tenantId);
    const bytes = { ...left, tokens: left.tokens + ownBytes };
    if (tenant !== undefined && tenant.status !== 'active') return { code: 'tenant-suspended' };
    if (storageState(tenant?.storedBytes ?? 0, quotas) === 'full') {
      return exceeded('storageBytes', quotas.storageBytes ?? 0, storageRetryMs);
    }
    const now = this.#settings.nowMs();
    const byteLimit = bytesLimit(quotas);
    const byteWait = byteLimit === null ? 0 : waitMs(bytes, byteLimit, now);
    const recordLimit = recordsLimit(quotas);
    const recordWait = recordLimit === null ? 0 : waitMs(records, recordLimit, now);
    if (byteWait === 0 && recordWait === 0) return open;
    return byteWait >= recordWait
      ? exceeded('bytesPerSecond', byteLimit?.perSecond ?? 0, byteWait)
      : exceeded('recordsPerSecond', recordLimit?.perSecond ?? 0, recordWait);
  }

  /** Counts what is let in; with negative figures it gives back what was not taken after all. */
  spend(tenantId: TenantId, batch: Batch): void {
    const state = this.#stateOf(tenantId);
    const nowMs = this.#settings.nowMs();
    const byteLimit = bytesLimit(state.quotas);
    if (byteLimit !== null) state.bytes = spend(state.bytes, byteLimit, { amount: batch.bytes, nowMs });
    const recordLimit = recordsLimit(state.quotas);
    if (recordLimit !== null) state.records = spend(state.records, recordLimit, { amount: batch.records, nowMs });
  }

  rates(tenantId: TenantId): RateState[] {
    const { quotas, bytes, records } = this.#stateOf(tenantId);
    const limits = [
      { name: 'bytes', limit: bytesLimit(quotas), bucket: bytes },
      { name: 'records', limit: recordsLimit(quotas), bucket: records },
    ] as const;
    return limits.flatMap(({ name, limit, bucket }) => {
      if (limit === null) return [];
      const { tokens } = refill(bucket, limit, this.#settings.nowMs());
      return [{ name, ...limit, remaining: Math.max(0, Math.floor(tokens)) }];
    });
  }

  #stateOf(tenantId: TenantId): TenantState {
    const tenant = this.#settings.tenantOf(tenantId);
    const known = this.#states.get(tenantId);
    if (known !== undefined && known.tenant === tenant) return known;
    const quotas = effectiveQuotas(tenant?.quotas);
    const now = this.#settings.nowMs();
    // What was used stays used when the organisation's row is read anew.
    const state: TenantState = {
      tenant,
      quotas,
      bytes: known?.bytes ?? fullBucket(bytesLimit(quotas) ?? noLimit, now),
      records: known?.records ?? fullBucket(recordsLimit(quotas) ?? noLimit, now),
    };
    this.#states.set(tenantId, state);
    return state;
  }
}

const noLimit: BucketLimit = { perSecond: 1, burst: 1 };

function bytesLimit({ bytesPerSecond, burstBytes }: Quotas): BucketLimit | null {
  return bytesPerSecond === null ? null : { perSecond: bytesPerSecond, burst: burstBytes };
}

function recordsLimit({ recordsPerSecond, burstRecords }: Quotas): BucketLimit | null {
  return recordsPerSecond === null ? null : { perSecond: recordsPerSecond, burst: burstRecords };
}

function exceeded(
  quota: 'bytesPerSecond' | 'recordsPerSecond' | 'storageBytes',
  limit: number,
  wait: number,
): IntakeDecision {
  return { code: 'quota-exceeded', quota, limit, waitMs: wait };
}
