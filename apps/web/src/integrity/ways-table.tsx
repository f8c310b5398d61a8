'use client';

import { useTranslations } from 'next-intl';
import type { CheckpointWay } from '../api-client/checkpoints.ts';
import { RowMenu, type RowAction } from '../forms/row-menu.tsx';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { useWayWords } from './use-way-words.ts';

const cadences = ['daily', 'weekly', 'by-hand'] as const;
export type Cadence = (typeof cadences)[number];

interface WaysTableProps {
  ways: readonly CheckpointWay[];
  /** Left out for those who may not. */
  steps?: {
    onCadence: (way: CheckpointWay, cadence: Cadence) => Promise<unknown>;
    onRemove: (way: CheckpointWay) => void;
  };
}

/** Where checkpoints leave to, and how often. */
export function WaysTable({ ways, steps }: WaysTableProps) {
  const t = useTranslations('checkpoints');
  const words = useWayWords();
  const actionsOf = ({ kind, cadence }: CheckpointWay): RowAction<Cadence | 'remove'>[] => [
    ...cadences.filter((each) => each !== cadence).map((id) => ({ id, label: t(`setCadence.${id}`) })),
    ...(kind === 'contacts' ? [] : [{ id: 'remove', label: t('remove'), danger: true } as const]),
  ];
  const actions: TableColumn<CheckpointWay> = {
    id: 'actions',
    title: t('columns.actions'),
    cell: (way) => (
      <RowMenu
        label={t('actionsOf', { name: words.name(way) })}
        actions={actionsOf(way)}
        onAction={(id) => (id === 'remove' ? steps?.onRemove(way) : void steps?.onCadence(way, id))}
      />
    ),
  };
  return (
    <SortedTable
      label={t('ways')}
      rows={ways}
      rowId={({ id }) => id}
      columns={[
        {
          id: 'name',
          title: t('columns.way'),
          isRowHeader: true,
          cell: (way) => (
            <>
              {words.name(way)}
              <span className="block max-w-[56ch] text-meta font-normal break-all text-muted">
                {way.kind === 'contacts' ? t('contactsText') : `${t(`kinds.${way.kind}`)}: ${way.target}`}
                {way.bucket && ` ${way.bucket.bucket}/${way.bucket.prefix}`}
              </span>
            </>
          ),
        },
        { id: 'cadence', title: t('columns.cadence'), cell: ({ cadence }) => t(`cadences.${cadence}`) },
        ...(steps === undefined ? [] : [actions]),
      ]}
    />
  );
}
