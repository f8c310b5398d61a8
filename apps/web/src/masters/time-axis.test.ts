import { describe, expect, it } from 'vitest';
import { axisOf, placeOn } from './time-axis.ts';

const at = (text: string): number => Date.parse(text);
const now = at('2026-07-01T00:00:00Z');

describe('the axis of rows', () => {
  it('is there once a row begins or ends, and shows now', () => {
    expect(axisOf([], now)).toBeNull();
    expect(axisOf([{ validFrom: null, validUntil: null }], now)).toBeNull();
    const axis = axisOf([{ validFrom: '2026-06-01T00:00:00Z', validUntil: null }], now);
    if (axis === null) throw new Error('no axis');
    expect(axis.fromMs).toBeLessThan(at('2026-06-01T00:00:00Z'));
    expect(axis.toMs).toBeGreaterThan(now);
  });

  it('has each moment in its place, and those outside at its ends', () => {
    const axis = { fromMs: 0, toMs: 200 };
    expect([-5, 0, 50, 200, 900].map((moment) => placeOn(axis, moment))).toEqual([0, 0, 25, 100, 100]);
  });

  it('has room where everything is at one moment', () => {
    const axis = axisOf([{ validFrom: '2026-07-01T00:00:00Z', validUntil: null }], now);
    expect(axis === null ? 0 : axis.toMs - axis.fromMs).toBeGreaterThan(0);
  });
});
