'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { IdentityProvider } from '../api-client/identity-providers.ts';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { RuleLines } from './rule-lines.tsx';
import type { GroupNames } from './use-group-names.ts';

export type ProviderStep = 'change' | 'remove';

interface IdentityProvidersTableProps {
  providers: readonly IdentityProvider[];
  groups: GroupNames;
  /** Left out for those who may only look. */
  onStep?: (step: ProviderStep, provider: IdentityProvider) => void;
}

export function IdentityProvidersTable({ providers, groups, onStep }: IdentityProvidersTableProps) {
  const t = useTranslations('identityProviders');
  const actions: TableColumn<IdentityProvider> = {
    id: 'actions',
    title: t('columns.actions'),
    cell: (provider) => (
      <span className="flex gap-2">
        <Button
          className="control control-small"
          aria-label={t('changeNamed', { name: provider.name })}
          onPress={() => onStep?.('change', provider)}
        >
          {t('change')}
        </Button>
        <Button
          className="control control-small text-bad"
          aria-label={t('removeNamed', { name: provider.name })}
          onPress={() => onStep?.('remove', provider)}
        >
          {t('remove')}
        </Button>
      </span>
    ),
  };
  return (
    <SortedTable
      label={t('title')}
      rows={providers}
      rowId={({ id }) => id}
      initial={{ column: 'name', direction: 'ascending' }}
      minWidth={880}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: ({ name }) => name,
          cell: ({ name }) => <span className="block min-w-28 whitespace-normal">{name}</span>,
        },
        {
          id: 'issuer',
          title: t('columns.issuer'),
          sortBy: ({ issuer }) => issuer,
          cell: ({ issuer }) => <span className="font-mono text-record">{issuer}</span>,
        },
        {
          id: 'clientId',
          title: t('columns.clientId'),
          cell: ({ clientId }) => <span className="font-mono text-record">{clientId}</span>,
        },
        {
          id: 'groupsClaim',
          title: t('columns.groupsClaim'),
          cell: ({ groupsClaim }) => <span className="font-mono text-record">{groupsClaim}</span>,
        },
        {
          id: 'rules',
          title: t('columns.rules'),
          sortBy: ({ groupMapping }) => groupMapping.length,
          cell: ({ groupMapping, awaitsApproval }) => (
            <>
              <RuleLines rules={groupMapping} groups={groups} />
              {awaitsApproval && <p className="text-meta font-medium text-attention">{t('awaits')}</p>}
            </>
          ),
        },
        {
          id: 'created',
          title: t('columns.created'),
          sortBy: ({ createdAt }) => createdAt,
          cell: ({ createdAt }) => <Moment at={createdAt} />,
        },
        ...(onStep === undefined ? [] : [actions]),
      ]}
    />
  );
}
