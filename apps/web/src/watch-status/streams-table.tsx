'use client';

import { useTranslations } from 'next-intl';
import type { WatchedStream } from '../api-client/watch-status.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { StateOf } from './state-of.tsx';

const urgency = { wrong: 0, ok: 1, unknown: 2 } as const;

/** When each stream came last, and from when on it is silent. */
export function StreamsTable({ streams }: { streams: readonly WatchedStream[] }) {
  const t = useTranslations('watchStatus');
  if (streams.length === 0) return <p className="text-muted">{t('streams.none')}</p>;
  return (
    <SortedTable
      label={t('streams.title')}
      rows={streams}
      rowId={({ logGroup, logStream }) => `${logGroup} ${logStream}`}
      initial={{ column: 'state', direction: 'ascending' }}
      minWidth={860}
      columns={[
        {
          id: 'stream',
          title: t('columns.stream'),
          isRowHeader: true,
          sortBy: ({ logStream }) => logStream,
          cell: ({ logStream }) => <span className="break-all">{logStream}</span>,
        },
        {
          id: 'group',
          title: t('columns.group'),
          sortBy: ({ logGroup }) => logGroup,
          cell: ({ logGroup }) => <span className="break-all">{logGroup}</span>,
        },
        {
          id: 'state',
          title: t('columns.state'),
          sortBy: ({ state, silentAt }) => `${urgency[state]} ${silentAt ?? ''}`,
          cell: ({ state, basis }) =>
            state === 'unknown' ? <span className="text-muted">{t(`bases.${basis}`)}</span> : <StateOf state={state} />,
        },
        {
          id: 'received',
          title: t('columns.received'),
          sortBy: ({ lastReceivedAt }) => lastReceivedAt,
          cell: ({ lastReceivedAt }) => <Moment at={lastReceivedAt} precision="second" />,
        },
        {
          id: 'silent',
          title: t('columns.silentAt'),
          sortBy: ({ silentAt }) => silentAt,
          cell: ({ silentAt, basis }) =>
            silentAt === null ? (
              '–'
            ) : (
              <>
                <Moment at={silentAt} />
                <span className="block text-meta text-muted">{t(`bases.${basis}`)}</span>
              </>
            ),
        },
      ]}
    />
  );
}
