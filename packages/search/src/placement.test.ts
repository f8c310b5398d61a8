import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isFormerStream, periodEnd, periodOf, placementOf, placeOfStream } from './placement.ts';

const prefix = 'p';
const tenantId = '11111111-1111-4111-8111-111111111111';
const other = '22222222-2222-4222-8222-222222222222';
const dayMs = 86_400_000;
const segmentAt = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`;
};
const shared = placementOf({ prefix, largeTenants: new Set() }, tenantId);
const large = placementOf({ prefix, largeTenants: new Set([tenantId]) }, tenantId);

const time = fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2120-01-01T00:00:00Z') });
const days = fc.integer({ min: 1, max: 36_525 });

/** As the server reads a list of patterns. */
const matches = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name));

it('puts a segment into the stream of its class and period, which spans under thirty days, and reads it there', () => {
  fc.assert(
    fc.property(time, days, (ms, onlineDays) => {
      const segmentId = segmentAt(ms);
      for (const placement of [shared, large]) {
        const name = placement.streamOf(segmentId, onlineDays);
        const owner = placement === large ? tenantId : null;
        expect(placeOfStream(prefix, name)).toEqual({ onlineDays, tenantId: owner, fromMs: periodOf(segmentId) });
        expect(matches(placement.read, name)).toBe(true);
        expect(placement.mayHold(name, segmentId)).toBe(true);
        expect(placement.mayHold(name, segmentAt(ms + 30 * dayMs))).toBe(false);
      }
      expect(periodOf(segmentId)).toBeLessThanOrEqual(ms);
      expect(periodEnd(periodOf(segmentId))).toBeGreaterThan(ms);
      expect(periodEnd(periodOf(segmentId)) - periodOf(segmentId)).toBeLessThan(30 * dayMs);
    }),
  );
});

it('reads no stream of another large tenant and no restored set', () => {
  const name = placementOf({ prefix, largeTenants: new Set([other]) }, other).streamOf(segmentAt(1.79e12), 365);
  for (const placement of [shared, large]) {
    expect(matches(placement.read, name)).toBe(false);
    expect(placement.mayHold(name, segmentAt(1.79e12))).toBe(false);
    expect(matches(placement.read, `${prefix}-restored-${tenantId}-${other}`)).toBe(false);
  }
});

it.each([
  `${prefix}-restored-${tenantId}-${other}`,
  `${prefix}-${tenantId}`,
  `${prefix}-x`,
  'q-90',
  `${prefix}-90-from-1`,
])('takes %s for no stream of events', (name) => {
  expect(placeOfStream(prefix, name)).toBeUndefined();
});

it('knows the streams of earlier versions, which held every period, and reads none of them', () => {
  for (const name of [`${prefix}-90`, `${prefix}-90-${other}`, `${prefix}-${other}`]) {
    expect(isFormerStream(prefix, name)).toBe(true);
    expect(placeOfStream(prefix, name)).toBeUndefined();
    expect(matches(large.read, name)).toBe(false);
  }
  expect(isFormerStream(prefix, shared.streamOf(segmentAt(1.79e12), 90))).toBe(false);
  expect(isFormerStream(prefix, `${prefix}-restored-${tenantId}-${other}`)).toBe(false);
});
