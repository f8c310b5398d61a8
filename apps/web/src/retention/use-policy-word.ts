'use client';

import { useTranslations } from 'next-intl';
import type { RetentionDays, RetentionPolicyRef } from '../api-client/retention.ts';

type Named = Pick<RetentionPolicyRef, 'title' | 'onlineDays' | 'keptDays'>;

/** Days in words: オンライン90日・保存365日. */
export function useDaysWord(): (days: RetentionDays) => string {
  const t = useTranslations('retention');
  return ({ onlineDays, keptDays }) =>
    keptDays === null ? t('daysNever', { online: onlineDays }) : t('days', { online: onlineDays, kept: keptDays });
}

/** A policy by its title; one without a title by its days. */
export function usePolicyWord(): (policy: Named) => string {
  const t = useTranslations('retention');
  const days = useDaysWord();
  return (policy) => {
    if (policy.title !== null) return policy.title;
    if (policy.onlineDays === 90 && policy.keptDays === 365) return t('oneYear');
    return days(policy);
  };
}

/** A policy with its days, which are said once where they are its name. */
export function usePolicyInFull(): (policy: Named) => string {
  const word = usePolicyWord();
  const days = useDaysWord();
  return (policy) => {
    const [name, inDays] = [word(policy), days(policy)];
    return name === inDays ? name : `${name} (${inDays})`;
  };
}
