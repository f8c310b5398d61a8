'use client';

import { useTranslations } from 'next-intl';
import type { ListedFinding } from '../api-client/findings.ts';

const colors = {
  open: 'text-attention',
  escalated: 'font-medium text-bad',
  instructed: 'text-attention',
  resolved: '',
  closed: 'text-muted',
} as const;

export function FindingStateWord({ finding }: { finding: Pick<ListedFinding, 'state'> }) {
  const t = useTranslations('logFindings.states');
  return <span className={colors[finding.state]}>{t(finding.state)}</span>;
}
