'use client';

import { listsClocks } from '@akashi/report';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Report } from '../api-client/reports.ts';
import { menuColumn } from '../forms/menu-column.tsx';
import type { RowAction } from '../forms/row-menu.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { TextField } from '../forms/text-field.tsx';
import { Flagged } from '../report-words/flagged.tsx';
import { RunDialog } from '../report-runs/run-dialog.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { DutyWord, OriginWord, RequirementNumbers } from '../report-words/report-words.tsx';
import { hasReportWords } from './report-filter.ts';
import { NewestRun } from './newest-run.tsx';
import { useInLanguage } from '../report-words/use-reports.ts';

type Action = 'run' | 'runs' | 'edit' | 'copy';

/** Each report with its duty and what its newest run flagged. */
export function ReportsList({ reports }: { reports: readonly Report[] }) {
  const t = useTranslations('reports');
  const inLanguage = useInLanguage();
  const session = useSession();
  const router = useRouter();
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState<Report | null>(null);
  const shown = reports.filter((report) => hasReportWords(report, words));
  const actions: RowAction<Action>[] = [
    ...(mayDo(session, 'reports.run') ? [{ id: 'run' as const, label: t('actions.run') }] : []),
    { id: 'runs', label: t('actions.runs') },
    ...(mayDo(session, 'reports.manage')
      ? [
          { id: 'edit' as const, label: t('actions.edit') },
          { id: 'copy' as const, label: t('actions.copy') },
        ]
      : []),
  ];
  const act = (action: Action, report: Report) => {
    if (action === 'run') setAsked(report);
    else if (action === 'runs') router.push(`/reports?tab=runs&report=${report.id}`);
    else router.push(action === 'edit' ? `/reports/${report.id}/edit` : `/reports/new?from=${report.id}`);
  };
  return (
    <>
      <div className="mb-3 max-w-sm print:hidden">
        <TextField
          label={t('filter')}
          type="search"
          value={words}
          onChange={setWords}
          placeholder={t('filterExample')}
          autoComplete="off"
        />
      </div>
      {shown.length === 0 ? (
        <EmptyState title={t('noneFoundTitle')} text={t('noneFoundText')} />
      ) : (
        <SortedTable
          label={t('title')}
          rows={shown}
          rowId={({ id }) => id}
          minWidth={920}
          columns={[
            {
              id: 'number',
              title: t('columns.number'),
              isNumber: true,
              sortBy: ({ number }) => number,
              cell: ({ number }) => number ?? '–',
            },
            {
              id: 'title',
              title: t('columns.title'),
              isRowHeader: true,
              sortBy: ({ title }) => inLanguage(title),
              cell: (report) => (
                <span className="block max-w-[56ch] font-normal whitespace-normal">
                  <Link
                    href={`/reports/${report.id}`}
                    className="inline-block min-h-6 font-medium text-accent underline-offset-2 hover:underline"
                  >
                    {inLanguage(report.title)}
                  </Link>{' '}
                  <OriginWord report={report} />
                  <span className="block text-meta text-muted">{inLanguage(report.purpose)}</span>
                </span>
              ),
            },
            {
              id: 'duty',
              title: t('columns.duty'),
              sortBy: ({ duty }) => duty,
              cell: ({ duty }) => <DutyWord duty={duty} />,
            },
            {
              id: 'requirements',
              title: t('columns.requirements'),
              cell: ({ requirements }) => <RequirementNumbers of={requirements} />,
            },
            {
              id: 'newest',
              title: t('columns.newest'),
              sortBy: ({ newestRun }) => newestRun?.createdAt ?? null,
              cell: ({ newestRun }) => <NewestRun run={newestRun} />,
            },
            {
              id: 'flagged',
              title: t('columns.flagged'),
              isNumber: true,
              sortBy: ({ newestRun }) => newestRun?.flagged ?? null,
              cell: ({ newestRun }) => newestRun !== null && <Flagged count={newestRun.flagged} />,
            },
            menuColumn<Report, Action>({
              title: t('columns.actions'),
              labelOf: ({ title }) => t('actionsOf', { title: inLanguage(title) }),
              actionsOf: (report) =>
                listsClocks(report) ? actions.filter(({ id }) => id === 'run' || id === 'runs') : actions,
              onAction: act,
            }),
          ]}
        />
      )}
      {asked !== null && <RunDialog report={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
