'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { Button, Form } from 'react-aria-components';
import { LogGroupsField } from '../access/log-groups-field.tsx';
import { nameLines } from '../access/name-lines.ts';
import { personOptions } from '../access/person-options.ts';
import { approversOf, usePeople } from '../access/use-people.ts';
import { readAccessGroups } from '../api-client/access.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSession } from '../session/session-context.tsx';
import { useSending } from '../forms/use-sending.ts';
import { useGrantSelf } from './use-grant-self.ts';

interface GrantSelfFormProps {
  /** What has arrived and is not granted. */
  logGroups: readonly string[];
  /** Called once it is on record; whether it is in force already is for the server to say. */
  onGranted: () => void;
}

const newGroup = 'new';

/** One form instead of three dialogs: a group, what it may see, and oneself in it, each with its approval and on record. */
export function GrantSelfForm({ logGroups, onGranted }: GrantSelfFormProps) {
  const t = useTranslations('firstLog.grant');
  const grantForm = useTranslations('access.grantForm');
  const groupWords = useTranslations('access.groups');
  const forms = useTranslations('forms');
  const { user } = useSession();
  const client = useQueryClient();
  const people = usePeople();
  const groups = useQuery({ queryKey: ['access-groups'], queryFn: ({ signal }) => readAccessGroups(signal) });
  const approvers = approversOf(people.list, user.id);
  const ownApproval = approvers.some(({ id }) => id === user.id);
  const [wanted, setWanted] = useState(logGroups.join('\n'));
  const [groupId, setGroupId] = useState<string>(newGroup);
  const [groupName, setGroupName] = useState(t('groupName'));
  const [reason, setReason] = useState(t('usualReason'));
  const [approver, setApprover] = useState<string | null>(null);
  const grantSelf = useGrantSelf();
  const { pending, error, send } = useSending();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(async () => {
      const approvedBy = ownApproval ? user.id : (approver ?? '');
      const group = groupId === newGroup ? { name: groupName.trim() } : { id: groupId };
      await grantSelf({ group, logGroups: nameLines(wanted), reason, approvedBy });
      await Promise.all(
        [['access-groups'], ['access'], ['own-access'], ['log-group-names']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      );
      onGranted();
    });
  };
  return (
    <Form onSubmit={submit} className="grid max-w-xl gap-4">
      <FieldProblems
        error={error}
        words={{ 'approval-required': grantForm('approvalRequired'), 'name-taken': groupWords('nameTaken') }}
        fields={{ 'approval-required': 'approvedBy' }}
      >
        <p className="text-muted">{t('text')}</p>
        <LogGroupsField value={wanted} onChange={setWanted} description={t('logGroupsNote')} />
        <SelectField
          label={t('group')}
          options={[
            { id: newGroup, label: t('newGroup') },
            ...(groups.data ?? []).map(({ id, name }) => ({ id, label: name })),
          ]}
          value={groupId}
          onChange={setGroupId}
        />
        {groupId === newGroup && (
          <TextField
            name="name"
            label={t('newGroupName')}
            value={groupName}
            onChange={setGroupName}
            isRequired
            maxLength={80}
          />
        )}
        <TextField
          name="reason"
          label={grantForm('reason')}
          value={reason}
          onChange={setReason}
          isRequired
          maxLength={1000}
        />
        {ownApproval ? (
          <p className="text-meta text-muted">{grantForm('ownApproval')}</p>
        ) : (
          <SearchChoiceField
            name="approvedBy"
            label={grantForm('approver')}
            description={grantForm('approverNote')}
            options={personOptions(approvers)}
            value={approver}
            onChange={setApprover}
            isRequired
          />
        )}
      </FieldProblems>
      <Button type="submit" className="control control-primary justify-self-start">
        {pending ? forms('pending') : t('action')}
      </Button>
    </Form>
  );
}
