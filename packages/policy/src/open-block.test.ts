import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dueBlocks,
  fullBlockBytes,
  isSealDue,
  mostOpenBytes,
  sealDueMs,
  sealIntervalLimits,
  segmentsOfNextBlock,
} from './open-block.ts';

const now = Date.parse('2026-11-30T00:00:00Z');
const tenantId = '0199d0c0-0000-7000-8000-000000000001';

describe('an open block', () => {
  const intervals = fc.integer({ min: sealIntervalLimits.least, max: sealIntervalLimits.most });
  const moments = fc.integer({ min: now, max: now + 86_400_000 });

  it('is due within the interval after its oldest record, whatever the organisation', () => {
    fc.assert(
      fc.property(fc.uuid(), intervals, moments, (id, sealIntervalSeconds, oldestAcceptedMs) => {
        const due = sealDueMs({ tenantId: id, sealIntervalSeconds, oldestAcceptedMs });
        expect(due).toBeGreaterThan(oldestAcceptedMs);
        expect(due).toBeLessThanOrEqual(oldestAcceptedMs + sealIntervalSeconds * 1000);
      }),
    );
  });

  it('is due once an interval at most, however often records come', () => {
    fc.assert(
      fc.property(fc.uuid(), intervals, fc.tuple(moments, moments), (id, sealIntervalSeconds, [one, other]) => {
        const dueAfter = (oldestAcceptedMs: number): number =>
          sealDueMs({ tenantId: id, sealIntervalSeconds, oldestAcceptedMs });
        expect(Math.abs(dueAfter(one) - dueAfter(other)) % (sealIntervalSeconds * 1000)).toBe(0);
      }),
    );
  });

  it('has a time of its own among many organisations', () => {
    const perSecond = Array.from({ length: 60 }, () => 0);
    for (let n = 0; n < 6_000; n += 1) {
      const id = `0199d0c0-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
      const due = sealDueMs({ tenantId: id, sealIntervalSeconds: 60, oldestAcceptedMs: now });
      const second = Math.floor((due - now) / 1000) % 60;
      perSecond[second] = (perSecond[second] ?? 0) + 1;
    }
    expect(Math.max(...perSecond)).toBeLessThan(200);
    expect(Math.min(...perSecond)).toBeGreaterThan(40);
  });

  it('is sealed at once when it is full, and when the clock was set back behind its records', () => {
    const open = { tenantId, sealIntervalSeconds: 300, oldestAcceptedMs: now, bytes: 10 };
    expect(isSealDue(open, now)).toBe(false);
    expect(isSealDue({ ...open, bytes: fullBlockBytes }, now)).toBe(true);
    expect(isSealDue(open, sealDueMs(open) - 1)).toBe(false);
    expect(isSealDue(open, sealDueMs(open))).toBe(true);
    expect(isSealDue(open, now - 3_600_000)).toBe(true);
  });

  it('takes an interval that nobody may choose as the nearest that one may', () => {
    const due = (sealIntervalSeconds: number): number =>
      sealDueMs({ tenantId, sealIntervalSeconds, oldestAcceptedMs: now });
    expect(due(0)).toBe(due(10));
    expect(due(1e9)).toBe(due(300));
    expect(due(Number.NaN)).toBe(due(60));
  });
});

describe('the open blocks of a node', () => {
  it('are sealed before their time, the largest first, when they fill the inbox together', () => {
    const size = fullBlockBytes - 1;
    const count = mostOpenBytes / fullBlockBytes + 2;
    const open = Array.from({ length: count }, (_, n) => ({
      tenantId: `0199d0c0-0000-7000-8000-${String(n).padStart(12, '0')}`,
      sealIntervalSeconds: 300,
      oldestAcceptedMs: now,
      bytes: n === 7 ? size : size - 1,
    }));
    const due = dueBlocks(open, now);
    expect(due).toHaveLength(2);
    expect(due[0]).toBe(open[7]);
    expect(dueBlocks(open.slice(0, 3), now)).toEqual([]);
    const full = open.slice(0, 3).map((block, n) => (n === 2 ? { ...block, bytes: fullBlockBytes } : block));
    expect(dueBlocks(full, now)).toEqual([full[2]]);
  });
});

describe('the next block', () => {
  const of = (...bytes: number[]): number => segmentsOfNextBlock(bytes.map((each) => ({ bytes: each })));

  it('takes whole segments until it is full', () => {
    expect(of()).toBe(0);
    expect(of(1, 2, 3)).toBe(3);
    expect(of(fullBlockBytes, 1)).toBe(1);
    expect(of(1, fullBlockBytes - 1, 1)).toBe(2);
    expect(of(1, fullBlockBytes - 2, 1, 1)).toBe(3);
    expect(of(100 * fullBlockBytes)).toBe(1);
  });

  it('names a bounded number of them', () => {
    expect(segmentsOfNextBlock(Array.from({ length: 100_000 }, () => ({ bytes: 1 })))).toBe(4_096);
  });
});
