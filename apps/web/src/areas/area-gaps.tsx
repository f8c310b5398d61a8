'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { AreaGap } from '../api-client/areas.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';

interface AreaGapsProps {
  gaps: readonly AreaGap[];
  /** Makes an area of these log groups; null for those who may not. */
  onAdd: ((logGroups: string[]) => void) | null;
}

/** What of the PCI scope nobody reviews: no area holds it. */
export function AreaGaps({ gaps, onAdd }: AreaGapsProps) {
  const t = useTranslations('areas.gaps');
  if (gaps.length === 0) return <p className="text-muted">{t('none')}</p>;
  const logGroups = gaps.filter(({ kind }) => kind === 'log-group').map(({ name }) => name);
  return (
    <section aria-labelledby="area-gaps" className="border-l-2 border-bad pl-4">
      <div className="mb-2 flex flex-wrap items-center gap-4">
        <h2 id="area-gaps" className="font-medium text-bad">
          {t('title', { count: gaps.length })}
        </h2>
        {onAdd !== null && logGroups.length > 0 && (
          <Button className="control control-small" onPress={() => onAdd(logGroups.slice(0, 50))}>
            {t('add')}
          </Button>
        )}
      </div>
      <p className="mb-2 max-w-[72ch] text-muted">{t('text')}</p>
      <SortedTable
        label={t('title', { count: gaps.length })}
        rows={gaps}
        rowId={({ kind, name }) => `${kind} ${name}`}
        minWidth={480}
        columns={[
          {
            id: 'name',
            title: t('name'),
            isRowHeader: true,
            sortBy: ({ name }) => name,
            cell: ({ name }) => <span className="font-normal">{name}</span>,
          },
          { id: 'kind', title: t('kind'), sortBy: ({ kind }) => kind, cell: ({ kind }) => t(`kinds.${kind}`) },
          {
            id: 'seen',
            title: t('lastSeen'),
            sortBy: ({ lastSeenAt }) => lastSeenAt ?? null,
            cell: ({ lastSeenAt }) => <Moment at={lastSeenAt ?? null} />,
          },
          {
            id: 'events',
            title: t('events'),
            isNumber: true,
            sortBy: ({ events }) => events ?? null,
            cell: ({ events }) => (events === undefined ? '–' : t('count', { count: events })),
          },
        ]}
      />
    </section>
  );
}
