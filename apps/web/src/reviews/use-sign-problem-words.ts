'use client';

import { useTranslations } from 'next-intl';

/** Why an act on the day was refused, in words. */
export function useSignProblemWords(): Readonly<Record<string, string>> {
  const t = useTranslations('logReviews.sign');
  return {
    'separation-of-duties': t('separation'),
    'conflict/review-changed': t('changed'),
    'signature-refused': t('refused'),
    conflict: t('notReady'),
    'review-not-ready': t('notReady'),
    'review-moved-on': t('movedOn'),
  };
}
