'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readInvitations, readMembers } from '../api-client/members.ts';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { InvitationsTable } from './invitations-table.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { MembersTable } from './members-table.tsx';
import { RecoveriesList } from './recoveries-list.tsx';

const tabs = ['members', 'invitations'] as const;

/** The organisation's people, and those who are on their way in. */
export function MembersPage() {
  const t = useTranslations('members');
  const mayManage = mayDo(useSession(), 'members.manage');
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('members'));
  const [inviting, setInviting] = useState(false);
  const members = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => readMembers(signal) });
  const invitations = useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => readInvitations(signal),
    enabled: mayManage,
  });
  useCommands(mayManage ? { 'member.invite': () => setInviting(true) } : {});
  const invite = (
    <Button className="control control-primary" onPress={() => setInviting(true)}>
      {t('invite.open')}
    </Button>
  );
  const open = invitations.data?.filter(({ status }) => status === 'open').length ?? 0;
  const list = (
    <Answer of={members} what="members">
      {({ items }) => (
        <>
          <MembersTable members={items} mayManage={mayManage} />
          <RecoveriesList />
        </>
      )}
    </Answer>
  );
  return (
    <Page
      title={t('title')}
      {...(members.data ? { status: t('count', { count: members.data.items.length }) } : {})}
      {...(mayManage ? { actions: invite } : {})}
    >
      {mayManage ? (
        <TabPages
          label={t('parts')}
          value={tab}
          onChange={(next) => void setTab(next)}
          tabs={[
            { id: 'members', label: t('tabs.members'), content: () => list },
            {
              id: 'invitations',
              label: t('tabs.invitations', { count: open }),
              content: () => (
                <Answer of={invitations} what="invitations">
                  {(items) => <InvitationsTable invitations={items} invite={invite} />}
                </Answer>
              ),
            },
          ]}
        />
      ) : (
        list
      )}
      {inviting && <InviteDialog onClose={() => setInviting(false)} onInvited={() => void setTab('invitations')} />}
    </Page>
  );
}
