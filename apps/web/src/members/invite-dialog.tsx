'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { readAccessGroups } from '../api-client/access.ts';
import { invite, type NewInvitationRequest } from '../api-client/members.ts';
import { CheckboxChoices } from '../forms/checkbox-field.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { TextField } from '../forms/text-field.tsx';
import { languageOptions } from '../i18n/language-options.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { RoleFields, type RoleChoice } from './role-fields.tsx';
import { memberProblemFields, useMemberProblemWords } from './use-member-problem-words.ts';

interface InviteDialogProps {
  onInvited: () => void;
  onClose: () => void;
}

/** Somebody new: who, as what, in which groups, and in which language the mail is. */
export function InviteDialog({ onInvited, onClose }: InviteDialogProps) {
  const t = useTranslations('members.invite');
  const problemWords = useMemberProblemWords();
  const notify = useNotify();
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [choice, setChoice] = useState<RoleChoice>({ role: 'viewer', accessUntil: null });
  const [language, setLanguage] = useState(useLocale());
  const [groupIds, setGroupIds] = useState<string[]>([]);
  const mayReadGroups = mayDo(useSession(), 'access.read');
  const groups = useQuery({
    queryKey: ['access-groups'],
    queryFn: ({ signal }) => readAccessGroups(signal),
    enabled: mayReadGroups,
  });
  return (
    <FormDialog
      title={t('open')}
      action={t('action')}
      problemWords={problemWords}
      problemFields={memberProblemFields}
      onClose={onClose}
      onSubmit={async () => {
        const role = choice.role as NewInvitationRequest['role'];
        await invite({ name, email: email.trim(), role, language, groupIds, accessUntil: choice.accessUntil });
        await client.invalidateQueries({ queryKey: ['invitations'] });
        notify({ text: t('done', { email: email.trim() }) });
        onInvited();
      }}
    >
      <TextField
        name="name"
        label={t('name')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={100}
        autoComplete="off"
      />
      <TextField
        name="email"
        label={t('email')}
        type="email"
        value={email}
        onChange={setEmail}
        isRequired
        maxLength={254}
        autoComplete="off"
      />
      <RoleFields value={choice} onChange={setChoice} />
      {groups.data && groups.data.length > 0 && (
        <CheckboxChoices
          name="groupIds"
          label={t('groups')}
          description={t('groupsNote')}
          options={groups.data.map((group) => ({ id: group.id, label: group.name }))}
          value={groupIds}
          onChange={setGroupIds}
        />
      )}
      <RadioChoices label={t('language')} value={language} onChange={setLanguage} options={languageOptions} />
      <p className="text-meta text-muted">{t('note')}</p>
    </FormDialog>
  );
}
