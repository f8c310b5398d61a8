'use client';

import { useTranslations } from 'next-intl';

const codes = ['conflict', 'decided-before', 'review-moved-on', 'review-not-ready', 'item-not-clear'] as const;

/** Why a result could not be recorded, in words. */
export function useDecideProblemWords(): Readonly<Record<string, string>> {
  const t = useTranslations('logReviews.decideProblems');
  return { ...Object.fromEntries(codes.map((code) => [code, t(code)])), 'conflict/not-an-owner': t('not-an-owner') };
}
