'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type ReactNode } from 'react';
import { useRoleWord } from '../access/use-role-word.ts';
import { resendInvitation, revokeInvitation, type Invitation } from '../api-client/members.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { menuColumn } from '../forms/menu-column.tsx';
import { useNotify } from '../forms/notices.tsx';
import type { RowAction } from '../forms/row-menu.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { Moment } from '../time/moment.tsx';
import { useMemberProblemWords } from './use-member-problem-words.ts';

type Step = 'resend' | 'revoke';

interface InvitationsTableProps {
  invitations: readonly Invitation[];
  /** The button that invites. */
  invite: ReactNode;
}

/** Links that were sent: open ones can be sent anew or taken back. */
export function InvitationsTable({ invitations, invite }: InvitationsTableProps) {
  const t = useTranslations('members.invitations');
  const roleWord = useRoleWord();
  const [asked, setAsked] = useState<{ step: Step; invitation: Invitation } | null>(null);
  const actions: readonly RowAction<Step>[] = [
    { id: 'resend', label: t('resend.action') },
    { id: 'revoke', label: t('revoke.action'), danger: true },
  ];
  if (invitations.length === 0) return <EmptyState title={t('emptyTitle')} text={t('emptyText')} action={invite} />;
  return (
    <>
      <SortedTable
        label={t('title')}
        rows={invitations}
        rowId={({ id }) => id}
        initial={{ column: 'created', direction: 'descending' }}
        minWidth={860}
        columns={[
          {
            id: 'name',
            title: t('columns.name'),
            isRowHeader: true,
            sortBy: ({ name }) => name,
            cell: ({ name, email }) => (
              <>
                {name}
                <span className="block text-meta font-normal text-muted">{email}</span>
              </>
            ),
          },
          {
            id: 'purpose',
            title: t('columns.purpose'),
            sortBy: ({ purpose }) => t(`purposes.${purpose}`),
            cell: ({ purpose }) => t(`purposes.${purpose}`),
          },
          {
            id: 'status',
            title: t('columns.status'),
            sortBy: ({ status }) => t(`statuses.${status}`),
            cell: ({ status }) => (
              <span className={status === 'expired' ? 'text-attention' : status === 'open' ? '' : 'text-muted'}>
                {t(`statuses.${status}`)}
              </span>
            ),
          },
          {
            id: 'role',
            title: t('columns.role'),
            sortBy: ({ role }) => roleWord(role),
            cell: ({ role }) => roleWord(role),
          },
          {
            id: 'created',
            title: t('columns.created'),
            sortBy: ({ createdAt }) => Date.parse(createdAt),
            cell: ({ createdAt }) => <Moment at={createdAt} precision="minute" />,
          },
          {
            id: 'expires',
            title: t('columns.expires'),
            sortBy: ({ expiresAt }) => Date.parse(expiresAt),
            cell: ({ expiresAt }) => <Moment at={expiresAt} precision="minute" />,
          },
          menuColumn<Invitation, Step>({
            title: t('columns.actions'),
            labelOf: ({ email }) => t('actionsOf', { email }),
            actionsOf: ({ status }) => (status === 'open' || status === 'expired' ? actions : []),
            onAction: (step, invitation) => setAsked({ step, invitation }),
          }),
        ]}
      />
      {asked && <InvitationDialog {...asked} onClose={() => setAsked(null)} />}
    </>
  );
}

interface InvitationDialogProps {
  step: Step;
  invitation: Invitation;
  onClose: () => void;
}

function InvitationDialog({ step, invitation, onClose }: InvitationDialogProps) {
  const t = useTranslations('members.invitations');
  const problemWords = useMemberProblemWords();
  const notify = useNotify();
  const client = useQueryClient();
  const { email } = invitation;
  return (
    <ConfirmDialog
      title={t(`${step}.title`, { email })}
      action={t(`${step}.action`)}
      problemWords={problemWords}
      onClose={onClose}
      onConfirm={async () => {
        await (step === 'resend' ? resendInvitation(invitation.id) : revokeInvitation(invitation.id));
        await client.invalidateQueries({ queryKey: ['invitations'] });
        notify({ text: t(`${step}.done`, { email }) });
      }}
    >
      <p>{t(`${step}.text`)}</p>
    </ConfirmDialog>
  );
}
