'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { OwnFormat } from '../api-client/formats.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';

interface FormatsTableProps {
  formats: readonly OwnFormat[];
  onEdit: (format: OwnFormat) => void;
  onActivate: (format: OwnFormat) => void;
  onDeactivate: (format: OwnFormat) => void;
}

export function FormatsTable({ formats, onEdit, onActivate, onDeactivate }: FormatsTableProps) {
  const t = useTranslations('formats');
  return (
    <SortedTable
      label={t('title')}
      rows={formats}
      rowId={({ id }) => id}
      initial={{ column: 'name', direction: 'ascending' }}
      minWidth={880}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: ({ id }) => id,
          cell: ({ id }) => <span className="font-mono text-record">{id}</span>,
        },
        {
          id: 'kind',
          title: t('columns.kind'),
          sortBy: ({ versions }) => versions[0]?.definition.reading.kind ?? '',
          cell: ({ versions: [newest] }) => (newest === undefined ? '–' : t(`kinds.${newest.definition.reading.kind}`)),
        },
        {
          id: 'live',
          title: t('columns.live'),
          sortBy: ({ live }) => live?.version ?? -1,
          cell: ({ live, switchedOff }) =>
            switchedOff !== null ? (
              <span className="text-bad">
                {t(`switchedOff.${switchedOff.reason}`)} <Moment at={switchedOff.at} />
              </span>
            ) : live === null ? (
              <span className="text-muted">{t('notLive')}</span>
            ) : (
              <>
                {t('version', { version: live.version })}{' '}
                <span className="font-mono text-record">{live.logGroups.join(', ')}</span>
              </>
            ),
        },
        {
          id: 'newest',
          title: t('columns.newest'),
          sortBy: ({ versions }) => versions[0]?.createdAt ?? '',
          cell: ({ versions: [newest] }) =>
            newest === undefined ? (
              '–'
            ) : (
              <>
                {t('version', { version: newest.version })} · <Moment at={newest.createdAt} /> · {newest.createdBy}
              </>
            ),
        },
        {
          id: 'actions',
          title: t('columns.actions'),
          cell: (format) => (
            <span className="flex flex-wrap gap-1">
              <Button
                className="control control-small"
                aria-label={t('editNamed', { name: format.id })}
                onPress={() => onEdit(format)}
              >
                {t('edit')}
              </Button>
              <Button
                className="control control-small"
                aria-label={t('activateNamed', { name: format.id })}
                onPress={() => onActivate(format)}
              >
                {t('activate')}
              </Button>
              {format.live !== null && (
                <Button
                  className="control control-small text-bad"
                  aria-label={t('deactivateNamed', { name: format.id })}
                  onPress={() => onDeactivate(format)}
                >
                  {t('deactivate')}
                </Button>
              )}
            </span>
          ),
        },
      ]}
    />
  );
}
