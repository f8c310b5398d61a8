'use client';

import { useTranslations } from 'next-intl';

/** Why a change of keeping is refused, in words, by the codes of the API. */
export function useRetentionProblems(): Record<string, string> {
  const t = useTranslations('retention.problems');
  return {
    'below-floor': t('belowFloor'),
    'request-invalid/online-beyond-kept': t('onlineBeyondKept'),
    'conflict/online-classes-full': t('classesFull'),
    'second-person-missing': t('nobodyElse'),
    'not-found': t('gone'),
    'name-taken': t('nameTaken'),
    'request-invalid': t('invalid'),
    conflict: t('changedMeanwhile'),
  };
}
