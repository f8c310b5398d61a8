'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { usePeople } from '../access/use-people.ts';
import { readSupportAccesses, revokeSupportAccess, type SupportAccess } from '../api-client/organisation.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { Moment } from '../time/moment.tsx';
import { useAccessColumns } from './access-columns.tsx';
import { SupportAccessDialog } from './support-access-dialog.tsx';

/** Who of the installation may look at logs, until when and what for (PCI DSS 8.2.7); nobody unless it stands here. */
export function SupportAccessList() {
  const t = useTranslations('support');
  const notify = useNotify();
  const router = useRouter();
  const client = useQueryClient();
  const accessColumns = useAccessColumns<SupportAccess>('font-medium text-attention');
  const people = usePeople();
  const [granting, setGranting] = useState(false);
  const [revoking, setRevoking] = useState<SupportAccess | null>(null);
  const accesses = useQuery({ queryKey: ['support-access'], queryFn: ({ signal }) => readSupportAccesses(signal) });
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: ['support-access'] });
    // The banner comes with the session.
    router.refresh();
  };
  const grant = (
    <Button className="control control-primary" onPress={() => setGranting(true)}>
      {t('grant')}
    </Button>
  );
  return (
    <>
      <Answer of={accesses} what="support">
        {(list) =>
          list.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('text')} action={grant} />
          ) : (
            <div className="grid gap-3">
              <div className="flex flex-wrap items-start gap-4">
                <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
                {grant}
              </div>
              <SortedTable
                label={t('title')}
                rows={list}
                rowId={({ id }) => id}
                initial={{ column: 'until', direction: 'descending' }}
                minWidth={880}
                columns={[
                  {
                    id: 'operator',
                    title: t('columns.operator'),
                    isRowHeader: true,
                    sortBy: ({ operator }) => operator,
                    cell: ({ operator }) => operator,
                  },
                  ...accessColumns,
                  {
                    id: 'granted',
                    title: t('columns.granted'),
                    sortBy: ({ grantedAt }) => grantedAt,
                    cell: ({ grantedAt, grantedBy }) => (
                      <>
                        <Moment at={grantedAt} />
                        <span className="block text-meta text-muted">{people.nameOf(grantedBy)}</span>
                      </>
                    ),
                  },
                  {
                    id: 'actions',
                    title: t('columns.actions'),
                    cell: (access) =>
                      access.state === 'current' && (
                        <Button
                          className="control control-small text-bad"
                          aria-label={t('revokeNamed', { operator: access.operator })}
                          onPress={() => setRevoking(access)}
                        >
                          {t('revoke')}
                        </Button>
                      ),
                  },
                ]}
              />
            </div>
          )
        }
      </Answer>
      {granting && (
        <SupportAccessDialog
          onClose={() => setGranting(false)}
          onDone={async (operator) => {
            await refresh();
            notify({ text: t('granted', { operator }) });
          }}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={t('revokeTitle', { operator: revoking.operator })}
          action={t('revoke')}
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await revokeSupportAccess(revoking.id);
            await refresh();
            notify({ text: t('revoked', { operator: revoking.operator }) });
          }}
        >
          <p>{t('revokeText')}</p>
        </ConfirmDialog>
      )}
    </>
  );
}
