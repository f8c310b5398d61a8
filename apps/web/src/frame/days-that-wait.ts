import type { CalendarDay } from '../api-client/log-reviews.ts';

/** How many days wait for somebody who approves, or for somebody who reviews. */
export function daysThatWait(days: readonly Pick<CalendarDay, 'state'>[], work: 'perform' | 'approve'): number {
  const waiting = work === 'approve' ? ['submitted'] : ['open', 'returned', 'missed'];
  return days.filter(({ state }) => waiting.includes(state)).length;
}
