'use client';

import { useTranslations } from 'next-intl';

const codes = ['before-first-review', 'not-over', 'being-made'] as const;

/** Why a day is late or has no review: the product's own reasons in words, a person's as they wrote it. */
export function useReasonWord(): (reason: string) => string {
  const t = useTranslations('logReviews.dayReasons');
  return (reason) => {
    const code = codes.find((each) => each === reason);
    return code === undefined ? reason : t(code);
  };
}
