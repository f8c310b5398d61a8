'use client';

import { useLocale, useTranslations } from 'next-intl';
import { DayStatus } from './day-status.tsx';
import { dayWords } from '../time/days.ts';
import { useLogReview } from './use-log-review.ts';

/** Which day it is, how far it is, and until when; said again when it changes. */
export function DayHeading({ day }: { day: string }) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  // The page below asks for it; this only shows it.
  const { data: review } = useLogReview(day, false);
  return (
    <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1 print:hidden">
      <h2 className="text-title font-medium">{t('dayTitle', { day: dayWords(day, locale) })}</h2>
      <div role="status" className="text-muted">
        {review !== undefined && <DayStatus review={review} />}
      </div>
    </div>
  );
}
