import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultQuotas,
  effectiveQuotas,
  fullBucket,
  refill,
  spend,
  storageState,
  unlimitedQuotas,
  waitMs,
  type TokenBucket,
} from './quota.ts';

describe('quotas', () => {
  it('are the defaults but for what is stored in a readable form', () => {
    expect(effectiveQuotas({})).toEqual(defaultQuotas);
    expect(effectiveQuotas('nonsense')).toEqual(defaultQuotas);
    expect(
      effectiveQuotas({ bytesPerSecond: null, burstBytes: null, recordsPerSecond: -1, storageBytes: 1.5 }),
    ).toEqual({ ...defaultQuotas, bytesPerSecond: null });
    expect(effectiveQuotas(unlimitedQuotas)).toEqual(unlimitedQuotas);
  });

  it('let a bulk upload of some hundred megabytes in a minute pass', () => {
    const limit = { perSecond: defaultQuotas.bytesPerSecond ?? 0, burst: defaultQuotas.burstBytes };
    let bucket = fullBucket(limit, 0);
    for (let second = 0; second < 60; second += 1) {
      expect(waitMs(bucket, limit, second * 1000)).toBe(0);
      bucket = spend(bucket, limit, { amount: 16 * 1024 ** 2, nowMs: second * 1000 });
    }
  });

  it('warn of storage before it is full', () => {
    expect(storageState(10, { storageBytes: null })).toBe('free');
    expect([79, 80, 99, 100].map((used) => storageState(used, { storageBytes: 100 }))).toEqual([
      'free',
      'warned',
      'warned',
      'full',
    ]);
  });
});

describe('a token bucket', () => {
  const limits = fc.record({ perSecond: fc.integer({ min: 1, max: 1e8 }), burst: fc.integer({ min: 1, max: 1e9 }) });
  const asked = fc.array(
    fc.record({ amount: fc.integer({ min: 0, max: 1e8 }), afterMs: fc.integer({ min: -1000, max: 60_000 }) }),
    { maxLength: 60 },
  );

  it('never lets in more than burst, rate and one batch together, over any time', () => {
    fc.assert(
      fc.property(limits, asked, (limit, batches) => {
        let bucket: TokenBucket = fullBucket(limit, 0);
        let [clock, latest] = [0, 0];
        const taken: { atMs: number; amount: number }[] = [];
        for (const { amount, afterMs } of batches) {
          clock += afterMs;
          latest = Math.max(latest, clock);
          if (waitMs(bucket, limit, clock) > 0) continue;
          bucket = spend(bucket, limit, { amount, nowMs: clock });
          taken.push({ atMs: latest, amount });
        }
        const largest = Math.max(0, ...taken.map(({ amount }) => amount));
        for (const [first, { atMs }] of taken.entries()) {
          let sum = 0;
          for (const later of taken.slice(first)) {
            sum += later.amount;
            const allowed = limit.burst + ((later.atMs - atMs) * limit.perSecond) / 1000 + largest;
            expect(sum).toBeLessThanOrEqual(allowed * (1 + 1e-9) + 1);
          }
        }
      }),
    );
  });

  it('takes something again exactly after the wait that it names', () => {
    fc.assert(
      fc.property(
        limits,
        fc.integer({ min: 0, max: 2e9 }),
        fc.integer({ min: 0, max: 1e9 }),
        (limit, amount, nowMs) => {
          const spent = spend(fullBucket(limit, nowMs), limit, { amount, nowMs });
          const wait = waitMs(spent, limit, nowMs);
          expect(wait === 0).toBe(spent.tokens > 0);
          expect(waitMs(spent, limit, nowMs + wait)).toBe(0);
          if (wait > 1) expect(waitMs(spent, limit, nowMs + wait - 2)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('does not grow past its burst, nor when the clock goes back', () => {
    const limit = { perSecond: 10, burst: 100 };
    expect(refill({ tokens: 5, atMs: 1000 }, limit, 1e9).tokens).toBe(100);
    expect(refill({ tokens: 5, atMs: 1000 }, limit, 0)).toEqual({ tokens: 5, atMs: 1000 });
  });
});
