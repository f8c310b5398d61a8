'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { useSession } from '../session/session-context.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { Moment } from '../time/moment.tsx';
import { EscalatedFindings } from './escalated-findings.tsx';
import { DayHeading } from './day-heading.tsx';
import { CalendarDayReview } from './day-review.tsx';
import { dayToReview, dayWords, shiftDay } from '../time/days.ts';
import { useCalendar } from './use-calendar.ts';

/** How far back a submitted day is looked for. */
const daysBack = 365;

/** What waits for an approver: the oldest submitted day in full, the others by name, and findings that were escalated. */
export function ApprovalsTab() {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const { tenant } = useSession();
  const [newest] = useState(() => dayToReview(nowMilliseconds(), tenant.timeZone));
  const days = useCalendar({ from: shiftDay(newest, -daysBack), to: newest });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <EscalatedFindings />
      <Answer of={days} what="logReviews">
        {(items) => {
          const [first, ...others] = items
            .filter(({ state }) => state === 'submitted')
            .toSorted((one, other) => (one.day < other.day ? -1 : 1));
          if (first === undefined) return <EmptyState title={t('waiting.emptyTitle')} text={t('waiting.emptyText')} />;
          return (
            <>
              {others.length > 0 && (
                <section aria-label={t('waiting.others')}>
                  <h2 className="border-b border-line pb-1 font-medium">
                    {t('waiting.others')} <span className="font-normal text-muted">{others.length}</span>
                  </h2>
                  <ul>
                    {others.map(({ day, submittedBy = '', submittedAt = null, exceptions }) => (
                      <li key={day} className="flex flex-wrap gap-x-4 border-b border-line py-1">
                        <Link href={`/reviews/${day}`} className="text-accent underline underline-offset-2">
                          {dayWords(day, locale)}
                        </Link>
                        <span className="text-muted">
                          {t.rich('waiting.submittedBy', { name: submittedBy, at: () => <Moment at={submittedAt} /> })}
                        </span>
                        <span>{t('waiting.exceptions', { count: exceptions })}</span>
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <DayHeading day={first.day} />
              <CalendarDayReview key={first.day} day={first.day} found={first} />
            </>
          );
        }}
      </Answer>
    </div>
  );
}
