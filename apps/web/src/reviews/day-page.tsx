'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { NotPermitted } from '../states/not-permitted.tsx';
import { DayReview } from './day-review.tsx';
import { DayStatus } from './day-status.tsx';
import { dayWords, shiftDay } from '../time/days.ts';
import { useLogReview } from './use-log-review.ts';

/** The review of any day, with the days beside it. */
export function DayPage({ day }: { day: string }) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  // The page below asks for it; this only shows it.
  const { data: review } = useLogReview(day, false);
  const mayRead = mayDo(useSession(), 'reviews.read');
  return (
    <Page
      title={t('dayTitle', { day: dayWords(day, locale, true) })}
      {...(review === undefined ? {} : { status: <DayStatus review={review} /> })}
      actions={
        <>
          {([-1, 1] as const).map((step) => {
            const words = dayWords(shiftDay(day, step), locale);
            const Chevron = step < 0 ? ChevronLeft : ChevronRight;
            return (
              <Link
                key={step}
                href={`/reviews/${shiftDay(day, step)}`}
                aria-label={words}
                title={words}
                className="control inline-flex"
              >
                <Chevron size={16} aria-hidden />
              </Link>
            );
          })}
          <Link href={`/reviews?tab=calendar&year=${day.slice(0, 4)}`} className="control inline-flex">
            {t('tabs.calendar')}
          </Link>
        </>
      }
    >
      {mayRead ? <DayReview day={day} /> : <NotPermitted />}
    </Page>
  );
}
