'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ListedRun } from '../api-client/report-runs.ts';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { Flagged } from '../report-words/flagged.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';
import { Moment } from '../time/moment.tsx';
import { RunPeriod } from './run-period.tsx';
import { RunState } from './run-state.tsx';

/** Newest first, as the server lists them. */
export function RunsTable({ runs, hasReport }: { runs: readonly ListedRun[]; hasReport: boolean }) {
  const t = useTranslations('runs');
  const inLanguage = useInLanguage();
  const made: TableColumn<ListedRun> = {
    id: 'made',
    title: t('columns.made'),
    isRowHeader: !hasReport,
    cell: ({ id, createdAt }) =>
      hasReport ? (
        <Moment at={createdAt} />
      ) : (
        <RunLink id={id}>
          <Moment at={createdAt} />
        </RunLink>
      ),
  };
  const report: TableColumn<ListedRun> = {
    id: 'report',
    title: t('columns.report'),
    isRowHeader: true,
    cell: ({ id, number, title, version }) => (
      <span className="font-normal whitespace-normal">
        <span className="mr-1.5 inline-block min-w-5 text-right text-muted">{number}</span>
        <RunLink id={id}>{inLanguage(title)}</RunLink>{' '}
        <span className="text-meta whitespace-nowrap text-muted">{t('version', { version })}</span>
      </span>
    ),
  };
  return (
    <SortedTable
      label={t('title')}
      rows={runs}
      rowId={({ id }) => id}
      minWidth={960}
      columns={[
        ...(hasReport ? [report] : []),
        made,
        { id: 'period', title: t('columns.period'), cell: (run) => <RunPeriod run={run} /> },
        { id: 'area', title: t('columns.area'), cell: ({ area }) => area?.name ?? t('noArea') },
        {
          id: 'kind',
          title: t('columns.kind'),
          cell: ({ kind, requestedBy }) => (
            <>
              <span className="block whitespace-nowrap">{t(`kinds.${kind}`)}</span>
              {requestedBy !== null && <span className="block text-meta text-muted">{requestedBy}</span>}
            </>
          ),
        },
        { id: 'state', title: t('columns.state'), cell: (run) => <RunState run={run} /> },
        {
          id: 'rows',
          title: t('columns.rows'),
          isNumber: true,
          cell: ({ rows, state }) => (state === 'done' ? t('count', { count: rows }) : '–'),
        },
        {
          id: 'flagged',
          title: t('columns.flagged'),
          isNumber: true,
          cell: ({ flagged, state }) => (state === 'done' ? <Flagged count={flagged} /> : '–'),
        },
      ]}
    />
  );
}

function RunLink({ id, children }: { id: string; children: ReactNode }) {
  return (
    <Link
      href={`/reports/runs/${id}`}
      className="inline-block min-h-6 font-medium text-accent underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
