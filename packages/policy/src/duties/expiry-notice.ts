import { dayOf, localDay } from './calendar.ts';

/** How many days before the end of a key or of an account its organisation is told. */
export const noticeDays = [14, 3] as const;

/** Whether what ends at a moment is told of on a day (`yyyy-mm-dd`): each end is, on the organisation's day, once for each notice. */
export function isNoticeDay(day: string, endsAt: Date, timeZone: string): boolean {
  const before = localDay(endsAt, timeZone) - dayOf(day);
  return noticeDays.some((days) => days === before);
}
