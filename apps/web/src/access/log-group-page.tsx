'use client';

import type { LogGroupReaders } from '@akashi/contracts';
import { auditTrailGroup } from '@akashi/policy';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { readLogGroupNames, readLogGroupReaders } from '../api-client/access.ts';
import { CsvDownload } from '../csv/csv-download.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { AccessQuestion } from './access-question.tsx';
import { usePersonColumns } from './person-columns.tsx';
import { ReachWord } from './reach-word.tsx';
import { ThroughList } from './through-list.tsx';

/** Who can see a log group now, and by what (PCI DSS 10.3.1). */
export function LogGroupPage() {
  const t = useTranslations('access.readers');
  const [name, setName] = useQueryState('group', parseAsString.withOptions({ history: 'push' }));
  const names = useQuery({ queryKey: ['log-group-names'], queryFn: ({ signal }) => readLogGroupNames(signal) });
  const readers = useQuery({
    queryKey: ['access', 'readers', name],
    queryFn: ({ signal }) => readLogGroupReaders(name ?? '', signal),
    enabled: name !== null,
  });
  const options = [...new Set([...(names.data ?? []), auditTrailGroup, ...(name === null ? [] : [name])])].map(
    (id) => ({
      id,
      label: id,
    }),
  );
  return (
    <AccessQuestion
      title={t('title')}
      status={readers.data && t('count', { count: readers.data.people.length })}
      actions={
        <CsvDownload
          path={`/v1/access/log-groups/${encodeURIComponent(name ?? '')}/readers.csv`}
          fileName="log-group-readers"
        />
      }
      label={t('choose')}
      options={options}
      value={name}
      onChange={(next) => void setName(next)}
      text={t('text')}
      answer={readers}
    >
      {(answer) => <Readers answer={answer} />}
    </AccessQuestion>
  );
}

function Readers({ answer }: { answer: LogGroupReaders }) {
  const t = useTranslations('access.readers');
  const personColumns = usePersonColumns<LogGroupReaders['people'][number]>(({ id }) => id);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <p className="text-meta text-muted">
        {t.rich('asOf', {
          group: () => <code className="font-mono text-record">{answer.logGroup}</code>,
          at: () => <Moment at={answer.at} precision="second" />,
        })}
      </p>
      <section>
        <h2 className="mb-2 font-medium">{t('people')}</h2>
        {answer.people.length === 0 ? (
          <p className="text-muted">{t('nobody')}</p>
        ) : (
          <SortedTable
            label={t('people')}
            rows={answer.people}
            rowId={({ id }) => id}
            initial={{ column: 'name', direction: 'ascending' }}
            minWidth={800}
            columns={[
              ...personColumns,
              {
                id: 'reach',
                title: t('columns.reach'),
                sortBy: ({ reach }) => reach,
                cell: ({ reach }) => <ReachWord reach={reach} />,
              },
              {
                id: 'through',
                title: t('columns.through'),
                cell: ({ through }) => <ThroughList through={through} />,
              },
            ]}
          />
        )}
      </section>
      <section>
        <h2 className="mb-2 font-medium">{t('keys')}</h2>
        {answer.keys.length === 0 ? (
          <p className="text-muted">{t('noKeys')}</p>
        ) : (
          <ul className="border-t border-line">
            {answer.keys.map((key) => (
              <li key={key.id} className="flex flex-wrap gap-x-6 border-b border-line py-2">
                <span className="font-medium">{key.name}</span>
                <ReachWord reach={key.reach} />
                <code className="font-mono text-record">{key.logGroups.join(', ')}</code>
                <span>{t('keyResponsible', { name: key.responsible ?? '–' })}</span>
                <span className="text-muted">
                  {t.rich('keyUntil', { at: () => <Moment at={key.expiresAt} none={t('noEnd')} /> })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}
