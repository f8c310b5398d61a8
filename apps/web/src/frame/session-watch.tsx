'use client';

import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { isSessionEnded } from '../api-client/api-problem.ts';
import { callApi } from '../api-client/call-api.ts';
import { lastActiveAnswerAt, watchActivity } from '../api-client/activity.ts';
import { leaveToSignIn } from '../session/leave.ts';
import { useSession } from '../session/session-context.tsx';
import { sessionEnd, warningMilliseconds, type SessionEnd } from '../session/session-times.ts';
import type { Session } from '../session/session.ts';
import { clockOffsetMilliseconds, nowMilliseconds } from '../time/clock.ts';

const SessionWarning = lazy(() => import('./session-warning.tsx'));

/** Reading and scrolling are work as well: somebody who does is told to the server this often. */
const tellMilliseconds = 60_000;
/** A server that does not answer is asked again after this. */
const againMilliseconds = 10_000;

/**
 * Warns two minutes before the session ends, and leaves for the sign-in page when it has. The server's times decide:
 * before a warning they are asked for anew, as another tab may have put the end off.
 */
export function SessionWatch() {
  const { readAt, ...session } = useSession();
  const [end, setEnd] = useState<SessionEnd | null>(null);
  const [warning, setWarning] = useState(false);
  const asking = useRef(false);
  // The page was drawn a moment ago with the server's clock; the browser's own may be hours off.
  const clockOffset = useRef(0);

  const ask = useCallback(async ({ background }: { background: boolean }) => {
    if (asking.current) return;
    asking.current = true;
    try {
      const answer = await callApi<Session>({ path: '/v1/session', background });
      const next = sessionEnd(answer, { serverNow: nowMilliseconds() + clockOffset.current, now: performance.now() });
      setEnd(next);
      setWarning(next.at - performance.now() <= warningMilliseconds);
    } catch (error) {
      if (isSessionEnded(error)) leaveToSignIn();
      else setTimeout(() => setEnd((last) => last && { ...last }), againMilliseconds);
    } finally {
      asking.current = false;
    }
  }, []);
  const first = useRef({ session, readAt });
  useEffect(() => {
    const drawnAt = performance.timeOrigin + responseStart() + clockOffsetMilliseconds();
    clockOffset.current = first.current.readAt - drawnAt;
    const serverNow = nowMilliseconds() + clockOffset.current;
    // oxlint-disable-next-line react/set-state-in-effect -- the clock is outside of React
    setEnd(sessionEnd(first.current.session, { serverNow, now: performance.now() }));
  }, []);

  useEffect(() => {
    if (!end) return;
    const wait = end.at - performance.now() - (warning ? 0 : warningMilliseconds);
    const timer = setTimeout(() => void ask({ background: true }), Math.max(1000, wait));
    return () => clearTimeout(timer);
  }, [end, warning, ask]);

  useEffect(
    () =>
      watchActivity(() => {
        if (performance.now() - lastActiveAnswerAt() > tellMilliseconds) void ask({ background: false });
      }),
    [ask],
  );

  if (!warning || !end) return null;
  return (
    <Suspense>
      <SessionWarning end={end} onStay={() => void ask({ background: false })} />
    </Suspense>
  );
}

function responseStart(): number {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : performance.now();
}
