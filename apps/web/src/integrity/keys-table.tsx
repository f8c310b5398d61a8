'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { EncryptionKey } from '../api-client/encryption-keys.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';

/** Each key by its name: since when, until when, what lies under it, and when the next one comes. */
export function KeysTable({ keys }: { keys: readonly EncryptionKey[] }) {
  const t = useTranslations('encryptionKeys');
  const format = useFormatter();
  return (
    <SortedTable
      label={t('title')}
      rows={keys}
      rowId={({ id }) => id}
      minWidth={800}
      columns={[
        {
          id: 'id',
          title: t('columns.key'),
          isRowHeader: true,
          cell: ({ id, kind }) => (
            <>
              {t(`kinds.${kind}`)}
              <code className="block font-mono text-record font-normal break-all text-muted">{id}</code>
            </>
          ),
        },
        { id: 'since', title: t('columns.since'), cell: ({ since }) => (since === null ? '–' : <Moment at={since} />) },
        {
          id: 'until',
          title: t('columns.until'),
          cell: ({ until, isInUse }) => {
            if (isInUse) return t('inUse');
            return until === null ? '–' : <Moment at={until} />;
          },
        },
        {
          id: 'under',
          title: t('columns.under'),
          cell: ({ blocks, records }) =>
            blocks === null || records === null
              ? '–'
              : t('under', { blocks: format.number(blocks), records: format.number(records) }),
        },
        {
          id: 'due',
          title: t('columns.due'),
          cell: ({ rotationDueAt, isInUse, kind }) => {
            if (rotationDueAt !== null) return <Moment at={rotationDueAt} />;
            return isInUse && kind === 'inbox' ? t('daily') : '–';
          },
        },
      ]}
    />
  );
}
