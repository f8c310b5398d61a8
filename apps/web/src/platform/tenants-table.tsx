'use client';

import { useFormatter, useLocale, useTranslations } from 'next-intl';
import type { PlatformTenant } from '../api-client/platform.ts';
import { menuColumn } from '../forms/menu-column.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { useBytes } from '../organisation/use-bytes.ts';
import { tenantName } from '../session/session.ts';
import { Moment } from '../time/moment.tsx';

export type StatusAction = 'suspend' | 'resume' | 'close';
export type TenantAction = StatusAction | 'quotas' | 'mailDomains' | 'invite' | 'recover';

interface TenantsTableProps {
  tenants: readonly PlatformTenant[];
  mayManage: boolean;
  onAction: (action: TenantAction, tenant: PlatformTenant) => void;
}

export function TenantsTable({ tenants, mayManage, onAction }: TenantsTableProps) {
  const t = useTranslations('platform');
  const locale = useLocale();
  const format = useFormatter();
  const bytes = useBytes();
  const nameOf = (tenant: PlatformTenant) => tenantName(tenant, locale);
  return (
    <SortedTable
      label={t('tabs.organisations')}
      rows={tenants}
      rowId={({ id }) => id}
      initial={{ column: 'name', direction: 'ascending' }}
      minWidth={880}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: nameOf,
          cell: (tenant) => (
            <>
              {nameOf(tenant)}
              <span className="block text-meta font-normal text-muted">
                {tenant.slug}
                {tenant.kind === 'platform' && ` · ${t('own')}`}
              </span>
            </>
          ),
        },
        {
          id: 'state',
          title: t('columns.state'),
          sortBy: ({ status }) => status,
          cell: ({ status, suspendedAt, closedAt }) => (
            <>
              <span className={status === 'active' ? '' : 'font-medium text-attention'}>{t(`statuses.${status}`)}</span>
              {status !== 'active' && (
                <span className="block text-meta text-muted">
                  <Moment at={closedAt ?? suspendedAt} />
                </span>
              )}
            </>
          ),
        },
        {
          id: 'people',
          title: t('columns.people'),
          isNumber: true,
          sortBy: ({ people }) => people,
          cell: ({ people, administrator, kind }) =>
            administrator === 'gone' && kind === 'customer' ? (
              <span className="text-attention">{t('noAdministrator')}</span>
            ) : people === 0 ? (
              <span className="text-attention">{t('nobody')}</span>
            ) : (
              format.number(people)
            ),
        },
        {
          id: 'stored',
          title: t('columns.stored'),
          isNumber: true,
          sortBy: ({ storedBytes }) => storedBytes,
          cell: ({ storedBytes, quotas }) => (
            <>
              {bytes(storedBytes)}
              {quotas.storageBytes !== null && (
                <span
                  className={`block text-meta ${storedBytes / quotas.storageBytes >= 0.8 ? 'font-medium text-attention' : 'text-muted'}`}
                >
                  {t('ofStorage', {
                    share: format.number(storedBytes / quotas.storageBytes, { style: 'percent' }),
                    all: bytes(quotas.storageBytes),
                  })}
                </span>
              )}
            </>
          ),
        },
        {
          id: 'records',
          title: t('columns.records'),
          isNumber: true,
          sortBy: ({ lastDay }) => lastDay.records,
          cell: ({ lastDay }) => format.number(lastDay.records),
        },
        {
          id: 'bytes',
          title: t('columns.bytes'),
          isNumber: true,
          sortBy: ({ lastDay }) => lastDay.bytes,
          cell: ({ lastDay }) => bytes(lastDay.bytes),
        },
        {
          id: 'received',
          title: t('columns.received'),
          sortBy: ({ lastReceivedAt }) => lastReceivedAt,
          cell: ({ lastReceivedAt }) => <Moment at={lastReceivedAt} none={t('never')} />,
        },
        {
          id: 'quotas',
          title: t('columns.quotas'),
          sortBy: ({ ownQuotas }) => ownQuotas.length,
          cell: ({ ownQuotas }) =>
            ownQuotas.length === 0 ? (
              <span className="text-muted">{t('usualQuotas')}</span>
            ) : (
              t('ownQuotas', { count: ownQuotas.length })
            ),
        },
        ...(mayManage
          ? [
              menuColumn<PlatformTenant, TenantAction>({
                title: t('columns.actions'),
                labelOf: (tenant) => t('actionsOf', { name: nameOf(tenant) }),
                actionsOf: (tenant) =>
                  actionsOf(tenant).map((id) => ({ id, label: t(`actions.${id}`), danger: id === 'close' })),
                onAction,
              }),
            ]
          : []),
      ]}
    />
  );
}

function actionsOf({ kind, status, administrator }: PlatformTenant): readonly TenantAction[] {
  if (kind !== 'customer' || status === 'closed') return [];
  if (status === 'suspended') return ['quotas', 'mailDomains', 'resume', 'close'];
  const way = { never: ['invite'], gone: ['recover'], present: [] } as const;
  return [...way[administrator], 'quotas', 'mailDomains', 'suspend', 'close'];
}
