import { describe, expect, it } from 'vitest';
import type { Session } from './session.ts';
import { countdown, sessionEnd } from './session-times.ts';

const session = { idleEndsAt: '2026-11-20T01:15:00.000Z', endsAt: '2026-11-20T09:00:00.000Z' } as Session;

describe('sessionEnd', () => {
  it('is on the clock of the browser, however wrong its calendar is', () => {
    const serverNow = Date.parse('2026-11-20T01:00:00.000Z');
    expect(sessionEnd(session, { serverNow, now: 500 })).toEqual({ at: 500 + 15 * 60_000, by: 'idle' });
  });

  it('tells the limit that can be put off from the one that cannot', () => {
    const serverNow = Date.parse('2026-11-20T08:50:00.000Z');
    const busy = { ...session, idleEndsAt: '2026-11-20T09:05:00.000Z' };
    expect(sessionEnd(busy, { serverNow, now: 0 })).toEqual({ at: 600_000, by: 'length' });
  });
});

describe('countdown', () => {
  it.each([
    [119_400, '2:00'],
    [59_001, '1:00'],
    [9_000, '0:09'],
    [-1, '0:00'],
  ])('of %d ms is %s', (milliseconds, text) => {
    expect(countdown(milliseconds)).toBe(text);
  });
});
