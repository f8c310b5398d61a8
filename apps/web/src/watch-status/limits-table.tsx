'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { removeSilenceLimit, type SilenceLimit } from '../api-client/watch-status.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { useDuration } from '../time/use-duration.ts';

interface LimitsTableProps {
  limits: readonly SilenceLimit[];
  mayManage: boolean;
  onChanged: () => Promise<unknown>;
}

/** What people set in the place of what was learned. */
export function LimitsTable({ limits, mayManage, onChanged }: LimitsTableProps) {
  const t = useTranslations('watchStatus');
  const duration = useDuration();
  const [removing, setRemoving] = useState<SilenceLimit | null>(null);
  const nameOf = ({ logGroup, logStream }: SilenceLimit): string =>
    logStream === null ? t('limits.wholeGroup', { group: logGroup }) : `${logStream} (${logGroup})`;
  return (
    <>
      <SortedTable
        label={t('limits.title')}
        rows={limits}
        rowId={({ logGroup, logStream }) => `${logGroup} ${logStream ?? ''}`}
        initial={{ column: 'place', direction: 'ascending' }}
        minWidth={720}
        columns={[
          { id: 'place', title: t('columns.place'), isRowHeader: true, sortBy: nameOf, cell: nameOf },
          {
            id: 'limit',
            title: t('columns.limit'),
            cell: ({ minutes }) =>
              minutes === null ? t('limits.retired') : t('limits.after', { duration: duration(minutes * 60_000) }),
          },
          {
            id: 'reason',
            title: t('columns.reason'),
            cell: ({ reason, setBy, setAt }) => (
              <>
                <span className="whitespace-pre-wrap">{reason}</span>
                <span className="block text-meta text-muted">
                  {setBy} <Moment at={setAt} />
                </span>
              </>
            ),
          },
          {
            id: 'remove',
            title: t('columns.action'),
            cell: (limit) =>
              mayManage ? (
                <Button
                  className="control control-small"
                  aria-label={t('limits.removeNamed', { name: nameOf(limit) })}
                  onPress={() => setRemoving(limit)}
                >
                  {t('limits.remove')}
                </Button>
              ) : (
                '–'
              ),
          },
        ]}
      />
      {removing !== null && (
        <FormDialog
          title={t('limits.removeTitle', { name: nameOf(removing) })}
          action={t('limits.remove')}
          onClose={() => setRemoving(null)}
          onSubmit={async () => {
            const { logGroup, logStream } = removing;
            await removeSilenceLimit({ logGroup, ...(logStream === null ? {} : { logStream }) });
            await onChanged();
          }}
        >
          <p>{t('limits.removeText')}</p>
        </FormDialog>
      )}
    </>
  );
}
