'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { AccessKey } from '../api-client/keys.ts';
import { menuColumn } from '../forms/menu-column.tsx';
import type { RowAction } from '../forms/row-menu.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { encodingLabel } from '../senders/encoding-options.ts';
import { Moment } from '../time/moment.tsx';

export type KeyAction = 'rotate' | 'encoding' | 'revoke';

interface KeysTableProps {
  label: string;
  kind: AccessKey['kind'];
  keys: readonly AccessKey[];
  /** When they were read; "ago" and "soon" count from it. */
  readAt: number;
  onAction: (action: KeyAction, key: AccessKey) => void;
}

const soonMilliseconds = 14 * 86_400_000;

export function KeysTable({ label, kind, keys, readAt, onAction }: KeysTableProps) {
  const t = useTranslations('keys');
  const format = useFormatter();
  const actions: readonly RowAction<KeyAction>[] = [
    { id: 'rotate', label: t('rotate') },
    ...(kind === 'ingest' ? [{ id: 'encoding', label: t('changeEncoding') } as const] : []),
    { id: 'revoke', label: t('revoke'), danger: true },
  ];
  return (
    <SortedTable
      label={label}
      rows={keys}
      rowId={({ id }) => id}
      initial={{ column: 'name', direction: 'ascending' }}
      minWidth={1000}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: ({ name }) => name,
          cell: (key) => (
            <>
              {key.name}
              {key.status !== 'active' && <span className="ml-2 text-bad">{t(`status.${key.status}`)}</span>}
            </>
          ),
        },
        {
          id: 'scope',
          title: t('columns.scope'),
          cell: ({ logGroups }) => <span className="font-mono text-record">{logGroups.join(', ')}</span>,
        },
        {
          id: 'responsible',
          title: t('columns.responsible'),
          sortBy: ({ responsible }) => responsible?.name ?? null,
          cell: ({ responsible, status }) => (
            <>
              {responsible !== null && (
                <>
                  {responsible.name}
                  <span className="block text-meta text-muted">{responsible.email}</span>
                </>
              )}
              {status === 'active' && responsible?.active !== true && (
                <span className="block font-medium text-attention">
                  {t(responsible === null ? 'nobodyResponsible' : 'responsibleGone')}
                </span>
              )}
            </>
          ),
        },
        {
          id: 'addresses',
          title: t('columns.addresses'),
          cell: ({ addressRanges }) =>
            addressRanges.length === 0 ? (
              <span className="text-muted">{t('anywhere')}</span>
            ) : (
              <span className="font-mono text-record">{addressRanges.join(', ')}</span>
            ),
        },
        ...(kind === 'ingest'
          ? [
              {
                id: 'encoding',
                title: t('encodingField'),
                sortBy: ({ encoding }: AccessKey) => encodingLabel(encoding),
                cell: ({ encoding }: AccessKey) => encodingLabel(encoding),
              },
            ]
          : []),
        {
          id: 'expires',
          title: t('columns.expires'),
          sortBy: ({ expiresAt }) => expiresAt,
          cell: ({ expiresAt, status }) => (
            <>
              <Moment at={expiresAt} none={t('noEnd')} />
              {status === 'active' && expiresAt !== null && Date.parse(expiresAt) - readAt < soonMilliseconds && (
                <span className="block font-medium text-attention">
                  {t('endsSoon', { when: format.relativeTime(Date.parse(expiresAt), readAt) })}
                </span>
              )}
            </>
          ),
        },
        {
          id: 'used',
          title: t('columns.used'),
          sortBy: ({ lastUsedAt }) => lastUsedAt,
          cell: ({ lastUsedAt, lastUsedFrom }) => (
            <>
              <Moment at={lastUsedAt} none={t('never')} />
              {lastUsedFrom !== null && <span className="block text-meta text-muted">{lastUsedFrom}</span>}
            </>
          ),
        },
        {
          id: 'rotated',
          title: t('columns.rotated'),
          sortBy: ({ rotatedAt }) => rotatedAt,
          cell: ({ rotatedAt, formerEndsAt }) => (
            <>
              <Moment at={rotatedAt} />
              {formerEndsAt !== null && Date.parse(formerEndsAt) > readAt && (
                <span className="block text-meta font-medium text-attention">
                  {t.rich('overlap', { at: () => <Moment at={formerEndsAt} /> })}
                </span>
              )}
            </>
          ),
        },
        menuColumn<AccessKey, KeyAction>({
          title: t('columns.actions'),
          labelOf: ({ name }) => t('actionsOf', { name }),
          actionsOf: ({ status }) => (status === 'active' ? actions : []),
          onAction,
        }),
      ]}
    />
  );
}
