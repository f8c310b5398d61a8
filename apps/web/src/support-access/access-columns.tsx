'use client';

import { useTranslations } from 'next-intl';
import type { TableColumn } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';

interface Access {
  state: 'current' | 'ended' | 'revoked';
  endsAt: string;
  revokedAt: string | null;
  purpose: string;
  logGroups: readonly string[];
}

/** What both sides see of a support access: whether it holds, until when, what for, and which log groups. */
export function useAccessColumns<Row extends Access>(currentStyle: string): TableColumn<Row>[] {
  const t = useTranslations('support');
  return [
    {
      id: 'state',
      title: t('columns.state'),
      sortBy: ({ state }) => state,
      cell: ({ state }) => (
        <span className={state === 'current' ? currentStyle : 'text-muted'}>{t(`states.${state}`)}</span>
      ),
    },
    {
      id: 'until',
      title: t('columns.until'),
      sortBy: ({ endsAt }) => endsAt,
      cell: ({ endsAt, revokedAt }) => <Moment at={revokedAt ?? endsAt} />,
    },
    { id: 'purpose', title: t('columns.purpose'), cell: ({ purpose }) => purpose },
    {
      id: 'logGroups',
      title: t('columns.logGroups'),
      cell: ({ logGroups }) => <span className="font-mono text-record">{logGroups.join(', ')}</span>,
    },
  ];
}
