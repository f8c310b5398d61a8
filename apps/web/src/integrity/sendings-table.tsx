'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { CheckpointSending } from '../api-client/checkpoints.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { useWayWords } from './use-way-words.ts';

const stateColour = { waiting: 'text-attention', sent: '', failed: 'font-medium text-bad' };

/** What left when to whom, newest first. */
export function SendingsTable({ sendings }: { sendings: readonly CheckpointSending[] }) {
  const t = useTranslations('checkpoints');
  const format = useFormatter();
  const words = useWayWords();
  return (
    <SortedTable
      label={t('history')}
      rows={sendings}
      rowId={({ id }) => id}
      minWidth={760}
      columns={[
        {
          id: 'to',
          title: t('columns.to'),
          isRowHeader: true,
          cell: (sending) => (
            <>
              {words.name(sending)}
              <span className="block max-w-[56ch] text-meta font-normal break-all text-muted">
                {sending.receivers.length > 0 ? sending.receivers.join(t('separator')) : sending.target}
              </span>
            </>
          ),
        },
        {
          id: 'size',
          title: t('columns.size'),
          isNumber: true,
          sortBy: ({ treeSize }) => treeSize,
          cell: ({ treeSize }) => format.number(treeSize),
        },
        {
          id: 'why',
          title: t('columns.why'),
          cell: ({ day, askedBy }) => (day === undefined ? t('byHand', { name: askedBy ?? '' }) : t('ofDay', { day })),
        },
        {
          id: 'state',
          title: t('columns.state'),
          cell: ({ state, error, timeStamp }) => (
            <>
              <span className={stateColour[state]}>{t(`states.${state}`)}</span>
              {error !== undefined && <span className="block text-meta text-muted">{words.error(error)}</span>}
              {timeStamp && (
                <span className="block text-meta text-muted">
                  {t('stamped', { authority: timeStamp.authority })} <Moment at={timeStamp.at} precision="second" />
                </span>
              )}
            </>
          ),
        },
        {
          id: 'at',
          title: t('columns.at'),
          sortBy: ({ finishedAt }) => finishedAt ?? null,
          cell: ({ finishedAt }) => <Moment at={finishedAt ?? null} />,
        },
      ]}
    />
  );
}
