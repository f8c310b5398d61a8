'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { useSession } from '../session/session-context.tsx';
import { Answer } from '../states/answer.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { markOf } from './calendar-layout.ts';
import { DayHeading } from './day-heading.tsx';
import { CalendarDayReview } from './day-review.tsx';
import { dayToReview, dayWords, shiftDay } from '../time/days.ts';
import { MarkWord } from './mark-word.tsx';
import { useCalendar } from './use-calendar.ts';

/** How far back a day that nobody has finished is named on today's page. */
const daysBack = 31;

/** The review of the day before, and above it the days that are not finished. */
export function TodayTab() {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const { tenant } = useSession();
  const [day] = useState(() => dayToReview(nowMilliseconds(), tenant.timeZone));
  const calendar = useCalendar({ from: shiftDay(day, -daysBack), to: day });
  const days = calendar.data ?? [];
  const unfinished = days.filter((each) => each.day !== day && ['open', 'returned', 'missed'].includes(each.state));
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <DayHeading day={day} />
      {unfinished.length > 0 && (
        <section aria-label={t('overdueDays')} className="print:hidden">
          <ul className="flex flex-wrap items-baseline gap-x-5 gap-y-1">
            <li aria-hidden className="text-muted">
              {t('overdueDays')}
            </li>
            {unfinished.map((each) => (
              <li key={each.day} className="flex items-baseline gap-1.5">
                <MarkWord mark={markOf(each)} />
                <Link href={`/reviews/${each.day}`} className="text-accent underline underline-offset-2">
                  {dayWords(each.day, locale)}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Answer of={calendar} what="logReviews">
        {(found) => <CalendarDayReview day={day} found={found.find((each) => each.day === day)} />}
      </Answer>
    </div>
  );
}
