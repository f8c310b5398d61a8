'use client';

import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useRoleWord } from '../access/use-role-word.ts';
import type { Member } from '../api-client/members.ts';
import { menuColumn } from '../forms/menu-column.tsx';
import type { RowAction } from '../forms/row-menu.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Moment } from '../time/moment.tsx';
import { MemberDialog, type MemberStep } from './member-dialogs.tsx';
import { memberState } from './member-state.ts';

type Action = MemberStep | 'access';

/** Everybody who has an account here, with what can be done about each. */
export function MembersTable({ members, mayManage }: { members: readonly Member[]; mayManage: boolean }) {
  const t = useTranslations('members');
  const roleWord = useRoleWord();
  const router = useRouter();
  const session = useSession();
  const [asked, setAsked] = useState<{ step: MemberStep; member: Member } | null>(null);
  const maySeeAccess = mayDo(session, 'access.read');
  const now = session.readAt;
  const actionsFor = (member: Member): RowAction<Action>[] => [
    ...(maySeeAccess ? [{ id: 'access' as const, label: t('actions.access') }] : []),
    // Nobody changes their own account here, and what has ended is first let in again.
    ...(mayManage && member.id !== session.user.id ? manageActions(member) : []),
  ];
  const manageActions = (member: Member): RowAction<Action>[] =>
    member.disabledAt === null
      ? [
          { id: 'change', label: t('actions.change') },
          { id: 'reset', label: t('actions.reset') },
          { id: 'disable', label: t('actions.disable'), danger: true },
        ]
      : [{ id: 'enable', label: t('actions.enable') }];
  const act = (step: Action, member: Member) => {
    if (step === 'access') router.push(`/access/people?person=${member.id}`);
    else setAsked({ step, member });
  };
  return (
    <>
      <SortedTable
        label={t('title')}
        rows={members}
        rowId={({ id }) => id}
        initial={{ column: 'name', direction: 'ascending' }}
        minWidth={880}
        columns={[
          {
            id: 'name',
            title: t('columns.name'),
            isRowHeader: true,
            sortBy: ({ name, email }) => name || email,
            cell: (member) => (
              <>
                {member.name || member.email}
                {member.id === session.user.id && <span className="ml-2 text-meta text-muted">{t('you')}</span>}
                <span className="block text-meta font-normal text-muted">{member.email}</span>
              </>
            ),
          },
          {
            id: 'state',
            title: t('columns.state'),
            sortBy: (member) => t(`states.${memberState(member, now)}`),
            cell: (member) => <StateWord member={member} now={now} />,
          },
          {
            id: 'role',
            title: t('columns.role'),
            sortBy: ({ role }) => roleWord(role),
            cell: ({ role, accessUntil }) => (
              <>
                {roleWord(role)}
                {accessUntil !== null && (
                  <span className="block text-meta text-muted">
                    {t('until')} <Moment at={accessUntil} precision="minute" />
                  </span>
                )}
              </>
            ),
          },
          {
            id: 'groups',
            title: t('columns.groups'),
            sortBy: ({ groups }) => groups.join(' ') || null,
            cell: ({ groups }) => (groups.length === 0 ? '–' : groups.join(t('separator'))),
          },
          {
            id: 'lastSignIn',
            title: t('columns.lastSignIn'),
            sortBy: ({ lastSignInAt }) => (lastSignInAt === null ? null : Date.parse(lastSignInAt)),
            cell: ({ lastSignInAt }) => <Moment at={lastSignInAt} precision="minute" />,
          },
          {
            id: 'factors',
            title: t('columns.factors'),
            isNumber: true,
            sortBy: ({ factors }) => factors,
            cell: ({ factors }) => factors,
          },
          menuColumn<Member, Action>({
            title: t('columns.actions'),
            labelOf: ({ name, email }) => t('actions.of', { name: name || email }),
            actionsOf: actionsFor,
            onAction: act,
          }),
        ]}
      />
      {asked && <MemberDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function StateWord({ member, now }: { member: Member; now: number }) {
  const t = useTranslations('members');
  const state = memberState(member, now);
  const style = { active: '', never: 'text-muted', ended: 'text-attention', disabled: 'text-bad' }[state];
  return (
    <>
      <span className={style}>{t(`states.${state}`)}</span>
      {member.disabledAt !== null && (
        <span className="block text-meta text-muted">
          <Moment at={member.disabledAt} precision="minute" />
          {member.disabledReason !== null && <> · {member.disabledReason}</>}
        </span>
      )}
    </>
  );
}
