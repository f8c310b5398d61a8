'use client';

import { useTranslations } from 'next-intl';
import type { Report } from '../api-client/reports.ts';
import { requirementWords } from './requirement-words.ts';

/** Whether a report is an item of the daily review, or is read beside it. */
export function DutyWord({ duty }: { duty: Report['duty'] }) {
  const t = useTranslations('reports.duties');
  return <span className={`whitespace-nowrap ${duty === 'reference' ? 'text-muted' : ''}`}>{t(duty)}</span>;
}

/** Of the eleven nothing is said; what the organisation made or changed is told apart. */
export function OriginWord({ report }: { report: Pick<Report, 'isOwn' | 'isChanged' | 'version'> }) {
  const t = useTranslations('reports');
  if (!report.isOwn && !report.isChanged) return null;
  return (
    <span className="text-meta whitespace-nowrap text-muted">
      {t(report.isOwn ? 'own' : 'changed', { version: report.version })}
    </span>
  );
}

/** Numbers of the present PCI DSS; those of earlier versions below, by which many people still know them. */
export function RequirementNumbers({ of }: { of: readonly string[] }) {
  const { present, earlier } = requirementWords(of);
  return (
    <>
      <span className="block whitespace-nowrap">{present.join(', ') || '–'}</span>
      {earlier.length > 0 && <span className="block text-meta text-muted">{earlier.join(', ')}</span>}
    </>
  );
}
