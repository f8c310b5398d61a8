'use client';

import { useTranslations } from 'next-intl';
import type { Rule } from '../api-client/rules.ts';

export const severityRanks = { critical: 0, high: 1, medium: 2, low: 3 } as const;

/** The word first; colour only where a person is needed. */
export function SeverityWord({ severity }: Pick<Rule, 'severity'>) {
  const t = useTranslations('rules.severities');
  const isUrgent = severity === 'critical' || severity === 'high';
  return <span className={isUrgent ? 'font-medium text-bad' : ''}>{t(severity)}</span>;
}
