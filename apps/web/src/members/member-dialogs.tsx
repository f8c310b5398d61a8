'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changeMember, disableMember, enableMember, resetMember, type Member } from '../api-client/members.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { RoleFields, type RoleChoice } from './role-fields.tsx';
import { useMemberProblemWords } from './use-member-problem-words.ts';

export type MemberStep = 'change' | 'reset' | 'disable' | 'enable';

interface MemberDialogProps {
  step: MemberStep;
  member: Member;
  onClose: () => void;
}

/** What can be done to somebody's account: each says before the press what will follow. */
export function MemberDialog({ step, member, onClose }: MemberDialogProps) {
  const t = useTranslations('members');
  const problemWords = useMemberProblemWords();
  const notify = useNotify();
  const client = useQueryClient();
  const [choice, setChoice] = useState<RoleChoice>({ role: member.role, accessUntil: member.accessUntil });
  const name = member.name || member.email;
  const done = async (text: string) => {
    await client.invalidateQueries({ queryKey: ['members'] });
    await client.invalidateQueries({ queryKey: ['invitations'] });
    notify({ text });
  };
  if (step === 'change') {
    return (
      <FormDialog
        title={t('change.title', { name })}
        action={t('change.action')}
        problemWords={problemWords}
        onClose={onClose}
        onSubmit={async () => {
          await changeMember(member.id, { role: choice.role as 'viewer', accessUntil: choice.accessUntil });
          await done(t('change.done', { name }));
        }}
      >
        <RoleFields value={choice} onChange={setChoice} />
        <p className="text-meta text-muted">{t('change.note')}</p>
      </FormDialog>
    );
  }
  if (step === 'disable') {
    return <ConfirmDialogWithReason member={member} problemWords={problemWords} onClose={onClose} onDone={done} />;
  }
  const run = {
    reset: async () => {
      await resetMember(member.id);
      await done(t('reset.done', { email: member.email }));
    },
    enable: async () => {
      await enableMember(member.id);
      await done(t('enable.done', { name }));
    },
  }[step];
  return (
    <ConfirmDialog
      title={t(`${step}.title`, { name })}
      action={t(`${step}.action`)}
      problemWords={problemWords}
      onClose={onClose}
      onConfirm={run}
    >
      <ul className="ml-5 grid list-disc gap-1">
        {(['first', 'second', 'third'] as const).map((each) => (
          <li key={each}>{t(`${step}.follows.${each}`, { email: member.email })}</li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}

interface DisablingProps {
  member: Member;
  problemWords: Readonly<Record<string, string>>;
  onClose: () => void;
  onDone: (text: string) => Promise<void>;
}

function ConfirmDialogWithReason({ member, problemWords, onClose, onDone }: DisablingProps) {
  const t = useTranslations('members.disable');
  const [reason, setReason] = useState('');
  const name = member.name || member.email;
  return (
    <ConfirmDialog
      title={t('title', { name })}
      action={t('action')}
      problemWords={problemWords}
      onClose={onClose}
      onConfirm={async () => {
        const ended = await disableMember(member.id, reason.trim());
        await onDone(t('done', { name, sessions: ended.sessions, keys: ended.keys.length }));
      }}
    >
      <ul className="ml-5 grid list-disc gap-1">
        <li>{t('follows.first')}</li>
        <li>{t('follows.second')}</li>
        <li>{t('follows.third')}</li>
      </ul>
      <TextField
        name="reason"
        label={t('reason')}
        description={t('reasonNote')}
        value={reason}
        onChange={setReason}
        isRequired
        maxLength={200}
      />
    </ConfirmDialog>
  );
}
