'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { EmptyState } from '../states/empty-state.tsx';
import { dayWords } from '../time/days.ts';
import { useReasonWord } from './use-reason-word.ts';

/** A day without a review, and why: not over yet, before the first one, or being made. */
export function NoReview({ day, reason }: { day: string; reason: string | undefined }) {
  const t = useTranslations('logReviews');
  const reasonWord = useReasonWord();
  const locale = useLocale();
  return (
    <EmptyState
      title={t('noReview', { day: dayWords(day, locale) })}
      text={`${reason === undefined ? '' : reasonWord(reason)} ${t('noReviewText')}`.trim()}
      action={
        <Link href="/reviews?tab=calendar" className="control inline-flex">
          {t('openCalendar')}
        </Link>
      }
    />
  );
}
