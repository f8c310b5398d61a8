'use client';

import { useTranslations } from 'next-intl';
import type { WatchedThing } from '../api-client/watch-status.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { useDuration } from '../time/use-duration.ts';
import { StateOf } from './state-of.tsx';

/** What needs somebody comes first. */
const urgency = { wrong: 0, unknown: 1, ok: 2 } as const;

export function ThingsTable({ things }: { things: readonly WatchedThing[] }) {
  const t = useTranslations('watchStatus');
  const duration = useDuration();
  const nameOf = ({ id }: WatchedThing): string => t(`things.${id}`);
  return (
    <SortedTable
      label={t('title')}
      rows={things}
      rowId={({ id }) => id}
      initial={{ column: 'state', direction: 'ascending' }}
      minWidth={720}
      columns={[
        { id: 'thing', title: t('columns.thing'), isRowHeader: true, sortBy: nameOf, cell: nameOf },
        {
          id: 'state',
          title: t('columns.state'),
          sortBy: ({ state }) => String(urgency[state]),
          cell: ({ state }) => <StateOf state={state} />,
        },
        {
          id: 'good',
          title: t('columns.good'),
          sortBy: ({ lastGoodAt }) => lastGoodAt,
          cell: ({ lastGoodAt }) => <Moment at={lastGoodAt} precision="second" none={t('never')} />,
        },
        {
          id: 'within',
          title: t('columns.within'),
          cell: ({ withinSeconds }) => duration(withinSeconds * 1000),
        },
        { id: 'seen', title: t('columns.seen'), cell: (thing) => <Seen thing={thing} /> },
      ]}
    />
  );
}

function Seen({ thing: { id, incidents, evidence } }: { thing: WatchedThing }) {
  const t = useTranslations('watchStatus.evidence');
  const duration = useDuration();
  const figure = (name: string): number => evidence[name] ?? 0;
  if (incidents > 0) return t('incidents', { count: incidents });
  if (id === 'streams') return t('streams', { watched: figure('watched'), streams: figure('streams') });
  if (id === 'duties') return t('duties', { duties: figure('duties'), late: figure('late') });
  if (id === 'archive-copy' && evidence['entries'] !== undefined) {
    return t('copy', { entries: figure('entries'), waits: duration(figure('seconds') * 1000) });
  }
  if (id === 'disks' && evidence['freeBytes'] !== undefined) {
    const gib = Math.floor(figure('freeBytes') / 1024 ** 3);
    const hours = evidence['hoursLeft'];
    return hours === undefined ? t('disks', { gib }) : t('disksFilling', { gib, hours });
  }
  return '–';
}
