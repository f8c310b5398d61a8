'use client';

import { useTranslations } from 'next-intl';
import type { ReportRun } from '../api-client/report-runs.ts';
import { RunPlot } from './run-plot.tsx';
import { columnWords } from '@akashi/report';
import { useInLanguage } from '../report-words/use-reports.ts';
import { useZone } from '../time/use-zone.tsx';

const mostShown = 5;
type Count = NonNullable<ReportRun['summary']>['people'][number];

/** What a run says before anybody reads its rows: its plot, and who and what it is mostly about. */
export function RunSummary({ run }: { run: ReportRun }) {
  const t = useTranslations('runs.summary');
  const inLanguage = useInLanguage();
  const { zones } = useZone();
  const { summary, definition } = run;
  if (summary === null || summary.rows === 0) return null;
  const { groupBy, plot } = definition;
  const tops = [
    { id: 'people', title: inLanguage(columnWords.person), counts: summary.people },
    ...(groupBy === null || groupBy === 'person' || groupBy === 'host'
      ? []
      : [{ id: 'groups', title: inLanguage(columnWords[groupBy]), counts: summary.groups }]),
    { id: 'hosts', title: inLanguage(columnWords.host), counts: summary.hosts },
  ].filter(({ counts }) => counts.length > 0);
  return (
    <section
      aria-label={t('title')}
      className="grid gap-6 lg:grid-cols-[repeat(auto-fit,minmax(13rem,1fr))] print:grid-cols-2"
    >
      {plot !== null && summary.plot.length > 0 && (
        <figure className="min-w-0">
          <figcaption className="mb-1 text-meta text-muted">
            {inLanguage(plot.title)}
            {plot.by === 'hour' && ` (${zones.tenant})`}
          </figcaption>
          <RunPlot bars={summary.plot} rule={plot} />
        </figure>
      )}
      {tops.map(({ id, title, counts }) => (
        <TopCounts key={id} title={title} counts={counts} />
      ))}
    </section>
  );
}

/** The most frequent values; flagged ones are told beside their number. */
function TopCounts({ title, counts }: { title: string; counts: readonly Count[] }) {
  const t = useTranslations('runs.summary');
  const shown = counts.slice(0, mostShown);
  return (
    <table className="plain-table self-start">
      <thead>
        <tr>
          <th scope="col">{title}</th>
          <th scope="col" className="number">
            {t('rows')}
          </th>
          <th scope="col" className="number">
            {t('flagged')}
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map(({ value, rows, flagged }) => (
          <tr key={value}>
            <td className="max-w-[24ch] truncate" title={value}>
              {value === '' ? t('none') : value}
            </td>
            <td className="number">{t('count', { count: rows })}</td>
            <td className={`number ${flagged > 0 ? 'font-medium text-bad' : 'text-muted'}`}>
              {t('count', { count: flagged })}
            </td>
          </tr>
        ))}
        {counts.length > shown.length && (
          <tr>
            <td colSpan={3} className="text-meta text-muted">
              {t('more', { count: counts.length - shown.length })}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}
