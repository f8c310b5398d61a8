'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { Button } from 'react-aria-components';
import type { OperatorAccess } from '../api-client/platform.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { tenantName } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { useAccessColumns } from './access-columns.tsx';
import { openSupportSession } from '../api-client/support-session.ts';
import { useOperatorAccesses } from '../session/use-operator-accesses.ts';

/** The organisations that let the signed-in operator look; opening one is on record in both audit trails. */
export function OperatorAccesses() {
  const t = useTranslations('support');
  const locale = useLocale();
  const router = useRouter();
  const client = useQueryClient();
  const accessColumns = useAccessColumns<OperatorAccess>('font-medium');
  const accesses = useOperatorAccesses();
  const open = ({ id, tenant, endsAt }: OperatorAccess) => {
    openSupportSession({ id, tenantNameJa: tenant.nameJa, tenantNameEn: tenant.nameEn, endsAt });
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'platform' });
    router.push('/explorer');
  };
  return (
    <Answer of={accesses} what="support">
      {(list) =>
        list.length === 0 ? (
          <EmptyState title={t('operator.emptyTitle')} text={t('operator.text')} />
        ) : (
          <div className="grid gap-3">
            <p className="max-w-[72ch] text-muted">{t('operator.text')}</p>
            <SortedTable
              label={t('title')}
              rows={list}
              rowId={({ id }) => id}
              initial={{ column: 'until', direction: 'descending' }}
              minWidth={800}
              columns={[
                {
                  id: 'tenant',
                  title: t('operator.tenant'),
                  isRowHeader: true,
                  sortBy: ({ tenant }) => tenantName(tenant, locale),
                  cell: ({ tenant }) => tenantName(tenant, locale),
                },
                ...accessColumns,
                {
                  id: 'actions',
                  title: t('columns.actions'),
                  cell: (access) =>
                    access.state === 'current' && (
                      <Button
                        className="control control-small"
                        aria-label={t('operator.openNamed', {
                          tenant: tenantName(access.tenant, locale),
                        })}
                        onPress={() => open(access)}
                      >
                        {t('operator.open')}
                      </Button>
                    ),
                },
              ]}
            />
          </div>
        )
      }
    </Answer>
  );
}
