'use client';

import type { MemberAccess } from '@akashi/contracts';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { parseAsString, useQueryState } from 'nuqs';
import { readMemberAccess } from '../api-client/access.ts';
import { CsvDownload } from '../csv/csv-download.tsx';
import { fieldLabel } from '../query/field-label.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { useSession } from '../session/session-context.tsx';
import { Moment } from '../time/moment.tsx';
import { AccessQuestion } from './access-question.tsx';
import { PersonPreview } from './person-preview.tsx';
import { personOptions } from './person-options.ts';
import { ReachWord } from './reach-word.tsx';
import { ThroughList } from './through-list.tsx';
import { usePeople } from './use-people.ts';
import { useRoleWord } from './use-role-word.ts';

/** What a person can see now, by what, and how much they would find (PCI DSS 7.2.4). */
export function PersonAccessPage() {
  const t = useTranslations('access.person');
  const people = usePeople();
  const support = useTranslations('access.through')('support');
  const operators = useSession().supportAccess.map(({ id, operator }) => ({ id, label: `${operator} (${support})` }));
  const [person, setPerson] = useQueryState('person', parseAsString.withOptions({ history: 'push' }));
  const access = useQuery({
    queryKey: ['access', 'person', person],
    queryFn: ({ signal }) => readMemberAccess(person ?? '', signal),
    enabled: person !== null,
  });
  return (
    <AccessQuestion
      title={t('title')}
      status={access.data && t('count', { count: access.data.logGroups.length })}
      actions={
        <CsvDownload
          path={`/v1/access/members/${encodeURIComponent(person ?? '')}/report.csv`}
          fileName="member-access"
        />
      }
      label={t('choose')}
      options={[...personOptions(people.list), ...operators]}
      value={person}
      onChange={(next) => void setPerson(next)}
      text={t('text')}
      answer={access}
    >
      {(answer) => <Access answer={answer} />}
    </AccessQuestion>
  );
}

function Access({ answer }: { answer: MemberAccess }) {
  const t = useTranslations('access.person');
  const words = useTranslations('permissions');
  const locale = useLocale();
  const roleWord = useRoleWord();
  const separator = locale === 'ja' ? '、' : ', ';
  const permissionWord = (name: string) =>
    words.has(name.replace('.', '_') as 'logs_search') ? words(name.replace('.', '_') as 'logs_search') : name;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
      <dl className="grid max-w-[96ch] grid-cols-[auto_1fr] gap-x-6 gap-y-1">
        <dt className="text-muted">{t('who')}</dt>
        <dd>
          {answer.member.displayName} <span className="text-muted">{answer.member.email}</span>
        </dd>
        <dt className="text-muted">{t('role')}</dt>
        <dd>{roleWord(answer.member.role)}</dd>
        <dt className="text-muted">{t('may')}</dt>
        <dd>{answer.permissions.map(permissionWord).join(separator) || '–'}</dd>
        <dt className="text-muted">{t('groups')}</dt>
        <dd>
          {answer.groups.length === 0
            ? '–'
            : answer.groups.map((group, index) => (
                <span key={group.id}>
                  {index > 0 && separator}
                  <Link href={`/access/groups/${group.id}`} className="text-accent underline underline-offset-2">
                    {group.name}
                  </Link>
                </span>
              ))}
        </dd>
        <dt className="text-muted">{t('asOf')}</dt>
        <dd>
          <Moment at={answer.at} precision="second" />
        </dd>
      </dl>
      <section>
        <h2 className="mb-2 font-medium">{t('through')}</h2>
        <ThroughList through={answer.through} />
      </section>
      <PersonPreview userId={answer.member.id} />
      <section>
        <h2 className="mb-2 font-medium">{t('logGroups')}</h2>
        {answer.logGroups.length === 0 ? (
          <p className="text-muted">{t('nothing')}</p>
        ) : (
          <SortedTable
            label={t('logGroups')}
            rows={answer.logGroups}
            rowId={({ name }) => name}
            initial={{ column: 'name', direction: 'ascending' }}
            columns={[
              {
                id: 'name',
                title: t('columns.logGroup'),
                isRowHeader: true,
                sortBy: ({ name }) => name,
                cell: ({ name }) => (
                  <Link
                    href={`/access/log-groups?group=${encodeURIComponent(name)}`}
                    className="font-mono text-record text-accent underline-offset-2 hover:underline"
                  >
                    {name}
                  </Link>
                ),
              },
              {
                id: 'reach',
                title: t('columns.reach'),
                sortBy: ({ reach }) => reach,
                cell: ({ reach }) => <ReachWord reach={reach} />,
              },
              {
                id: 'streams',
                title: t('columns.streams'),
                cell: ({ streams }) => (
                  <span className="font-mono text-record whitespace-normal">
                    {[...new Set(streams.map(({ name }) => name))].join(', ')}
                  </span>
                ),
              },
              {
                id: 'hidden',
                title: t('columns.hidden'),
                cell: ({ hiddenFields }) =>
                  hiddenFields.map((field) => fieldLabel(field, locale)).join(separator) || '–',
              },
            ]}
          />
        )}
      </section>
    </div>
  );
}
