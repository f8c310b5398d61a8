'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PageId } from '../navigation/pages.ts';
import { readFindings } from '../api-client/findings.ts';
import { readCalendar } from '../api-client/log-reviews.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { nowMilliseconds } from '../time/clock.ts';
import { dayToReview, shiftDay } from '../time/days.ts';
import { daysThatWait } from './days-that-wait.ts';

const askMilliseconds = 60_000;
/** How far back a day that waits is counted. */
const daysBack = 31;

/** What waits for this person behind entries of the menu: days to review or to approve, findings that are theirs. */
export function useMenuCounts(): Partial<Record<PageId, number>> {
  const session = useSession();
  const performs = mayDo(session, 'reviews.perform');
  const approves = mayDo(session, 'reviews.approve');
  const [newest] = useState(() => dayToReview(nowMilliseconds(), session.tenant.timeZone));
  const days = { from: shiftDay(newest, -daysBack), to: newest };
  const shared = { staleTime: askMilliseconds, refetchInterval: askMilliseconds, retry: false } as const;
  const calendar = useQuery({
    queryKey: ['log-reviews', 'calendar', days],
    queryFn: ({ signal }) => readCalendar(days, signal),
    enabled: performs || approves,
    ...shared,
  });
  const findings = useQuery({
    queryKey: ['findings', 'mine'],
    queryFn: ({ signal }) => readFindings({ state: 'unfinished', owner: 'me', day: null, cursor: null }, signal),
    enabled: mayDo(session, 'findings.manage'),
    ...shared,
  });
  return {
    'log-reviews': daysThatWait(calendar.data ?? [], approves ? 'approve' : 'perform'),
    findings: findings.data?.items.length ?? 0,
  };
}
