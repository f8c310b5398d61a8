import { AppError } from '@akashi/server-kit';

export interface SlotRequest {
  readonly tenantId: string;
  /** Null is no limit. */
  readonly limit: number | null;
  readonly signal?: AbortSignal | undefined;
}

interface Waiting {
  readonly begin: () => void;
}

interface TenantSlots {
  running: number;
  readonly waiting: Waiting[];
}

const waitAtMostMs = 3_000;
const mostWaitingPerSlot = 4;

/**
 * How many searches of one organisation run at a time in this process. Who comes when all are taken waits a little, in
 * order; then, or with too many waiting already, it is 429. Other organisations do not notice.
 */
export class SearchSlots {
  readonly #tenants = new Map<string, TenantSlots>();

  /** Resolves with the release. */
  async take({ tenantId, limit, signal }: SlotRequest): Promise<() => void> {
    if (limit === null) return () => undefined;
    const slots = this.#tenants.get(tenantId) ?? { running: 0, waiting: [] };
    this.#tenants.set(tenantId, slots);
    if (slots.running < limit) slots.running += 1;
    else if (slots.waiting.length >= limit * mostWaitingPerSlot) throw exceeded(limit);
    else await waitForSlot(slots, limit, signal);
    let isReleased = false;
    return () => {
      if (isReleased) return;
      isReleased = true;
      const next = slots.waiting.shift();
      if (next !== undefined) next.begin();
      else slots.running -= 1;
      if (slots.running === 0) this.#tenants.delete(tenantId);
    };
  }
}

/** The slot passes from one to the next, so `running` stays as it is. */
function waitForSlot(slots: TenantSlots, limit: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (error: Error): void => {
      slots.waiting.splice(slots.waiting.indexOf(entry), 1);
      done();
      reject(error);
    };
    const onAbort = (): void => leave(new AppError('unavailable'));
    const timer = setTimeout(() => leave(exceeded(limit)), waitAtMostMs);
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const entry: Waiting = {
      begin: () => {
        done();
        resolve();
      },
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    slots.waiting.push(entry);
  });
}

function exceeded(limit: number): AppError {
  return new AppError('quota-exceeded', {
    reason: 'concurrentSearches',
    retryAfterSeconds: 2,
    params: { quota: 'concurrentSearches', limit },
  });
}
