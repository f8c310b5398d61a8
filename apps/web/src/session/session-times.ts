import type { Session } from './session.ts';

/** Words come this long before a session ends by itself. */
export const warningMilliseconds = 120_000;

export interface SessionEnd {
  /** On the clock that `now` was read from. */
  at: number;
  /** An idle limit can be put off by going on; the other ends every session, however busy. */
  by: 'idle' | 'length';
}

/** When a session ends, on the reader's own clock: `serverNow` and `now` are the same moment on both. */
export function sessionEnd(session: Session, { serverNow, now }: { serverNow: number; now: number }): SessionEnd {
  const idle = Date.parse(session.idleEndsAt) - serverNow;
  const length = Date.parse(session.endsAt) - serverNow;
  return idle < length ? { at: now + idle, by: 'idle' } : { at: now + length, by: 'length' };
}

/** 119,400 ms as `2:00`: rounded up, so that nought means over. */
export function countdown(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
