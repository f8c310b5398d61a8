'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ListedFinding } from '../api-client/findings.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { FindingStateWord } from './finding-state-word.tsx';

const ranks = { high: 0, medium: 1, low: 2 } as const;

export function FindingsTable({ findings }: { findings: readonly ListedFinding[] }) {
  const t = useTranslations('logFindings');
  return (
    <SortedTable
      label={t('title')}
      rows={findings}
      rowId={({ id }) => id}
      minWidth={860}
      columns={[
        {
          id: 'number',
          title: t('columns.number'),
          isNumber: true,
          sortBy: ({ number }) => number,
          cell: ({ number }) => number,
        },
        {
          id: 'title',
          title: t('columns.title'),
          isRowHeader: true,
          cell: ({ id, title }) => (
            <Link href={`/findings/${id}`} className="text-accent underline underline-offset-2">
              {title}
            </Link>
          ),
        },
        {
          id: 'severity',
          title: t('columns.severity'),
          sortBy: ({ severity }) => ranks[severity],
          cell: ({ severity }) => t(`severities.${severity}`),
        },
        { id: 'state', title: t('columns.state'), cell: (finding) => <FindingStateWord finding={finding} /> },
        {
          id: 'owner',
          title: t('columns.owner'),
          sortBy: ({ owner }) => owner?.name ?? null,
          cell: ({ owner }) => owner?.name ?? <span className="text-bad">{t('noOwner')}</span>,
        },
        {
          id: 'dueOn',
          title: t('columns.dueOn'),
          sortBy: ({ dueOn }) => dueOn,
          cell: ({ dueOn, isOverdue }) => (
            <>
              {dueOn ?? '–'} {isOverdue && <span className="block text-meta text-bad">{t('overdue')}</span>}
            </>
          ),
        },
        {
          id: 'day',
          title: t('columns.day'),
          sortBy: ({ reviewDay }) => reviewDay,
          cell: ({ reviewDay }) =>
            reviewDay !== null && (
              <Link href={`/reviews/${reviewDay}`} className="text-accent underline underline-offset-2">
                {reviewDay}
              </Link>
            ),
        },
        {
          id: 'found',
          title: t('columns.found'),
          cell: ({ foundBy, foundAt }) => (
            <>
              {foundBy}
              <span className="block text-meta text-muted">
                <Moment at={foundAt} />
              </span>
            </>
          ),
        },
      ]}
    />
  );
}
