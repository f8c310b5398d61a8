'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { createAccessGroup, readAccessGroups, type AccessGroup } from '../api-client/access.ts';
import { CsvDownload } from '../csv/csv-download.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Page } from '../frame/page.tsx';
import { useOffers } from '../keyboard/keyboard-provider.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { AccessNav } from './access-nav.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { usePeople } from './use-people.ts';
import { useRouter } from 'next/navigation';

export function GroupsPage() {
  const t = useTranslations('access');
  const router = useRouter();
  const session = useSession();
  const mayManage = mayDo(session, 'access.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const people = usePeople();
  const [asked, setAsked] = useState(false);
  const groups = useQuery({ queryKey: ['access-groups'], queryFn: ({ signal }) => readAccessGroups(signal) });
  useOffers(
    (groups.data ?? []).map(({ id, name }) => ({
      id: `access-group ${id}`,
      label: t('group.offer', { name }),
      run: () => router.push(`/access/groups/${id}`),
    })),
  );
  const create = (
    <Button className="control control-primary" onPress={() => setAsked(true)}>
      {t('groups.create')}
    </Button>
  );
  return (
    <Page
      title={t('groups.title')}
      {...(groups.data ? { status: t('groups.count', { count: groups.data.length }) } : {})}
      actions={
        <>
          {groups.data && groups.data.length > 0 && (
            <CsvDownload path="/v1/access/groups.csv" fileName="access-groups" />
          )}
          {mayManage && groups.data && groups.data.length > 0 && create}
        </>
      }
    >
      <AccessNav />
      <Answer of={groups} what="access">
        {(list) =>
          list.length === 0 ? (
            <EmptyState
              title={t('groups.emptyTitle')}
              text={t('groups.emptyText')}
              {...(mayManage ? { action: create } : {})}
            />
          ) : (
            <GroupsTable groups={list} ownerName={people.nameOf} />
          )
        }
      </Answer>
      {asked && (
        <GroupDialog
          title={t('groups.create')}
          action={t('groups.createAction')}
          people={people.list}
          onClose={() => setAsked(false)}
          onSubmit={async (values) => {
            await createAccessGroup(values);
            await client.invalidateQueries({ queryKey: ['access-groups'] });
            notify({ text: t('groups.created', { name: values.name }) });
          }}
        />
      )}
    </Page>
  );
}

function GroupsTable({
  groups,
  ownerName,
}: {
  groups: readonly AccessGroup[];
  ownerName: (id: string | null) => string;
}) {
  const t = useTranslations('access.groups');
  return (
    <SortedTable
      label={t('title')}
      rows={groups}
      rowId={({ id }) => id}
      initial={{ column: 'name', direction: 'ascending' }}
      columns={[
        {
          id: 'name',
          title: t('columns.name'),
          isRowHeader: true,
          sortBy: ({ name }) => name,
          cell: ({ id, name, description }) => (
            <>
              <Link href={`/access/groups/${id}`} className="text-accent underline-offset-2 hover:underline">
                {name}
              </Link>
              <span className="block text-meta font-normal whitespace-normal text-muted">{description}</span>
            </>
          ),
        },
        {
          id: 'owner',
          title: t('columns.owner'),
          sortBy: ({ ownerId }) => (ownerId === null ? null : ownerName(ownerId)),
          cell: ({ ownerId }) => ownerName(ownerId),
        },
        {
          id: 'members',
          title: t('columns.members'),
          isNumber: true,
          sortBy: ({ members }) => members,
          cell: ({ members }) => t('people', { count: members }),
        },
        {
          id: 'grants',
          title: t('columns.grants'),
          isNumber: true,
          sortBy: ({ grants }) => grants,
          cell: ({ grants }) =>
            grants === 0 ? <span className="text-muted">{t('noGrants')}</span> : t('grantCount', { count: grants }),
        },
      ]}
    />
  );
}
