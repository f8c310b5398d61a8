'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { MailDomain } from '../api-client/mail-domains.ts';
import { SortedTable, type TableColumn } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';

interface MailDomainsTableProps {
  domains: readonly MailDomain[];
  /** Left out for those who may not. */
  onRemove?: (domain: MailDomain) => void;
  onConfirm?: (domain: MailDomain) => void;
}

export function MailDomainsTable({ domains, onRemove, onConfirm }: MailDomainsTableProps) {
  const t = useTranslations('mailDomains');
  const actions: TableColumn<MailDomain> = {
    id: 'actions',
    title: t('columns.actions'),
    cell: (domain) => (
      <>
        {onConfirm !== undefined && domain.state === 'requested' && (
          <Button
            className="control control-small"
            aria-label={t('confirmNamed', { domain: domain.domain })}
            onPress={() => onConfirm(domain)}
          >
            {t('confirm')}
          </Button>
        )}
        {onRemove !== undefined && (
          <Button
            className="control control-small text-bad"
            aria-label={t('removeNamed', { domain: domain.domain })}
            onPress={() => onRemove(domain)}
          >
            {t('remove')}
          </Button>
        )}
      </>
    ),
  };
  return (
    <SortedTable
      label={t('title')}
      rows={domains}
      rowId={({ id }) => id}
      initial={{ column: 'domain', direction: 'ascending' }}
      minWidth={480}
      columns={[
        {
          id: 'domain',
          title: t('columns.domain'),
          isRowHeader: true,
          sortBy: ({ domain }) => domain,
          cell: ({ domain }) => <span className="font-mono text-record">{domain}</span>,
        },
        {
          id: 'state',
          title: t('columns.state'),
          sortBy: ({ state }) => state,
          cell: ({ state, confirmedAt }) => (
            <>
              <span className={state === 'confirmed' ? '' : 'text-attention'}>{t(`states.${state}`)}</span>
              {confirmedAt !== null && (
                <span className="block text-meta text-muted">
                  <Moment at={confirmedAt} />
                </span>
              )}
            </>
          ),
        },
        {
          id: 'requested',
          title: t('columns.requested'),
          sortBy: ({ requestedAt }) => requestedAt,
          cell: ({ requestedAt }) => <Moment at={requestedAt} />,
        },
        ...(onRemove === undefined && onConfirm === undefined ? [] : [actions]),
      ]}
    />
  );
}
