'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { changeAccessGroup, readAccessGroups, removeAccessGroup } from '../api-client/access.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { AccessNav } from './access-nav.tsx';
import { GroupDialog } from './group-dialog.tsx';
import { GroupGrants } from './group-grants.tsx';
import { GroupMembers } from './group-members.tsx';
import { usePeople } from './use-people.ts';

export function GroupPage({ id }: { id: string }) {
  const t = useTranslations('access');
  const mayManage = mayDo(useSession(), 'access.manage');
  const notify = useNotify();
  const router = useRouter();
  const client = useQueryClient();
  const people = usePeople();
  const [dialog, setDialog] = useState<'change' | 'remove' | null>(null);
  const groups = useQuery({ queryKey: ['access-groups'], queryFn: ({ signal }) => readAccessGroups(signal) });
  const group = groups.data?.find((each) => each.id === id);
  return (
    <Page
      title={group?.name ?? t('group.title')}
      actions={
        mayManage &&
        group && (
          <>
            <Button className="control" onPress={() => setDialog('change')}>
              {t('group.change')}
            </Button>
            <Button className="control text-bad" onPress={() => setDialog('remove')}>
              {t('group.remove')}
            </Button>
          </>
        )
      }
    >
      <AccessNav />
      <Answer of={groups} what="access">
        {() =>
          group === undefined ? (
            <EmptyState
              title={t('group.goneTitle')}
              text={t('group.goneText')}
              action={
                <Link href="/access" className="text-accent underline">
                  {t('group.back')}
                </Link>
              }
            />
          ) : (
            <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
              <dl className="grid max-w-[72ch] grid-cols-[auto_1fr] gap-x-6 gap-y-1">
                <dt className="text-muted">{t('groups.columns.description')}</dt>
                <dd>{group.description || '–'}</dd>
                <dt className="text-muted">{t('groups.columns.owner')}</dt>
                <dd>{people.nameOf(group.ownerId)}</dd>
              </dl>
              <GroupGrants group={group} people={people} mayManage={mayManage} />
              <GroupMembers group={group} people={people} mayManage={mayManage} />
            </div>
          )
        }
      </Answer>
      {dialog === 'change' && group && (
        <GroupDialog
          title={t('group.changeTitle', { name: group.name })}
          action={t('group.save')}
          people={people.list}
          initial={{ name: group.name, description: group.description, ownerId: group.ownerId }}
          onClose={() => setDialog(null)}
          onSubmit={async (values) => {
            await changeAccessGroup(id, values);
            await client.invalidateQueries({ queryKey: ['access-groups'] });
            notify({ text: t('group.saved') });
          }}
        />
      )}
      {dialog === 'remove' && group && (
        <ConfirmDialog
          title={t('group.removeTitle', { name: group.name })}
          action={t('group.remove')}
          onClose={() => setDialog(null)}
          onConfirm={async () => {
            await removeAccessGroup(id);
            await client.invalidateQueries({ queryKey: ['access-groups'] });
            notify({ text: t('group.removed', { name: group.name }) });
            router.push('/access');
          }}
        >
          <p>{t('group.removeText', { members: group.members, grants: group.grants })}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}
