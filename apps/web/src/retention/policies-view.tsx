'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readPolicies, type RetentionPolicy } from '../api-client/retention.ts';
import { useNotify } from '../forms/notices.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { PolicyDialog } from './policy-dialog.tsx';
import { usePolicyWord } from './use-policy-word.ts';

/** What there is to choose from: days online and days kept, by policy. */
export default function PoliciesView() {
  const t = useTranslations('retention.policies');
  const main = useTranslations('retention');
  const mayManage = mayDo(useSession(), 'retention.manage');
  const client = useQueryClient();
  const notify = useNotify();
  const [asked, setAsked] = useState<{ policy: RetentionPolicy | null } | null>(null);
  const policies = useQuery({ queryKey: ['retention', 'policies'], queryFn: ({ signal }) => readPolicies(signal) });
  const done = async (outcome: 'created' | 'done' | 'waits') => {
    await Promise.all(
      [['retention'], ['approvals'], ['session']].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
    notify({ text: outcome === 'created' ? t('created') : main(outcome === 'waits' ? 'nowWaits' : 'changed') });
  };
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex flex-wrap items-start gap-4">
        <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
        {mayManage && (
          <Button className="control" onPress={() => setAsked({ policy: null })}>
            <Plus size={16} aria-hidden />
            {t('create')}
          </Button>
        )}
      </div>
      <Answer of={policies} what="retention">
        {({ items, onlineClasses }) => (
          <>
            <PoliciesTable policies={items} onChange={mayManage ? (policy) => setAsked({ policy }) : null} />
            <p className="text-meta text-muted">
              {t('classes', { used: onlineClasses.inUse, most: onlineClasses.most })}
            </p>
          </>
        )}
      </Answer>
      {asked !== null && <PolicyDialog policy={asked.policy} onClose={() => setAsked(null)} onDone={done} />}
    </section>
  );
}

interface PoliciesTableProps {
  policies: readonly RetentionPolicy[];
  onChange: ((policy: RetentionPolicy) => void) | null;
}

function PoliciesTable({ policies, onChange }: PoliciesTableProps) {
  const t = useTranslations('retention.policies');
  const format = useFormatter();
  const word = usePolicyWord();
  return (
    <SortedTable
      label={t('title')}
      rows={policies}
      rowId={({ id }) => id}
      minWidth={760}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: word,
          cell: (policy) => (
            <>
              {word(policy)}
              <span className="block text-meta font-normal text-muted">
                <code className="font-mono">{policy.id}</code> {policy.isDefault && t('isDefault')}{' '}
                {policy.outOfScopeOnly && t('outOfScopeOnly')}
              </span>
            </>
          ),
        },
        {
          id: 'online',
          title: t('columns.online'),
          isNumber: true,
          sortBy: ({ onlineDays }) => onlineDays,
          cell: ({ onlineDays }) => t('dayCount', { count: onlineDays }),
        },
        {
          id: 'kept',
          title: t('columns.kept'),
          isNumber: true,
          sortBy: ({ keptDays }) => keptDays ?? Infinity,
          cell: ({ keptDays }) => (keptDays === null ? t('never') : t('dayCount', { count: keptDays })),
        },
        {
          id: 'logGroups',
          title: t('columns.logGroups'),
          isNumber: true,
          sortBy: ({ logGroups }) => logGroups,
          cell: ({ logGroups }) => format.number(logGroups),
        },
        ...(onChange === null
          ? []
          : [
              {
                id: 'acts',
                title: '',
                cell: (policy: RetentionPolicy) => (
                  <Button
                    className="control control-small"
                    aria-label={t('changeNamed', { policy: word(policy) })}
                    onPress={() => onChange(policy)}
                  >
                    {t('change')}
                  </Button>
                ),
              },
            ]),
      ]}
    />
  );
}
