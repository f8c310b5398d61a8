'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import {
  addGroupMember,
  readGroupMembers,
  removeGroupMember,
  type AccessGroup,
  type GroupMember,
} from '../api-client/access.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { useSession } from '../session/session-context.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { usePersonColumns } from './person-columns.tsx';
import { personOptions } from './person-options.ts';
import { approversOf, type People } from './use-people.ts';

interface GroupMembersProps {
  group: AccessGroup;
  people: People;
  mayManage: boolean;
}

export function GroupMembers({ group, people, mayManage }: GroupMembersProps) {
  const t = useTranslations('access.members');
  const notify = useNotify();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<GroupMember | null>(null);
  const members = useQuery({
    queryKey: ['access-groups', group.id, 'members'],
    queryFn: ({ signal }) => readGroupMembers(group.id, signal),
  });
  const personColumns = usePersonColumns<GroupMember>(({ userId }) => userId);
  const refresh = () => client.invalidateQueries({ queryKey: ['access-groups'] });
  return (
    <section>
      <div className="mb-2 flex items-baseline gap-4">
        <h2 className="flex-1 font-medium">{t('title')}</h2>
        {mayManage && (
          <Button className="control" onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      <Answer of={members} what="access">
        {(list) =>
          list.length === 0 ? (
            <p className="text-muted">{t('none')}</p>
          ) : (
            <SortedTable
              label={t('title')}
              rows={list}
              rowId={({ userId }) => userId}
              initial={{ column: 'name', direction: 'ascending' }}
              columns={[
                ...personColumns,
                {
                  id: 'since',
                  title: t('columns.since'),
                  sortBy: ({ addedAt }) => addedAt,
                  cell: ({ addedAt, addedBy }) => (
                    <>
                      <Moment at={addedAt} />
                      {addedBy !== null && (
                        <span className="block text-meta text-muted">
                          {t('addedBy', { name: people.nameOf(addedBy) })}
                        </span>
                      )}
                    </>
                  ),
                },
                ...(mayManage
                  ? [
                      {
                        id: 'actions',
                        title: t('columns.actions'),
                        cell: (member: GroupMember) => (
                          <Button
                            className="control control-small"
                            aria-label={t('removeNamed', { name: member.displayName || member.email })}
                            onPress={() => setRemoving(member)}
                          >
                            {t('remove')}
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )
        }
      </Answer>
      {adding && (
        <AddMember
          group={group}
          people={people}
          present={new Set((members.data ?? []).map(({ userId }) => userId))}
          onClose={() => setAdding(false)}
          onDone={async (name, isAsked) => {
            await refresh();
            notify({ text: t(isAsked ? 'asked' : 'added', { name, group: group.name }) });
          }}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={t('removeTitle', { name: removing.displayName || removing.email, group: group.name })}
          action={t('remove')}
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await removeGroupMember(group.id, removing.userId);
            await refresh();
            notify({ text: t('removed', { name: removing.displayName || removing.email, group: group.name }) });
          }}
        >
          <p>{t('removeText')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}

interface AddMemberProps {
  group: AccessGroup;
  people: People;
  present: ReadonlySet<string>;
  onClose: () => void;
  onDone: (name: string, isAsked: boolean) => Promise<unknown>;
}

function AddMember({ group, people, present, onClose, onDone }: AddMemberProps) {
  const t = useTranslations('access.members');
  const columns = useTranslations('access.personColumns');
  const { user } = useSession();
  const [userId, setUserId] = useState<string | null>(null);
  const [approvedBy, setApprovedBy] = useState<string | null>(null);
  const oneself = userId === user.id;
  return (
    <FormDialog
      title={t('addTitle', { group: group.name })}
      action={t('add')}
      problemWords={{ 'approval-required': t('approvalRequired') }}
      problemFields={{ 'approval-required': 'approvedBy' }}
      onClose={onClose}
      onSubmit={async () => {
        if (userId === null) return;
        await addGroupMember(group.id, { userId, ...(approvedBy === null ? {} : { approvedBy }) });
        await onDone(people.nameOf(userId), approvedBy !== null && approvedBy !== user.id);
      }}
    >
      <SearchChoiceField
        label={columns('name')}
        description={t('addNote')}
        options={personOptions(people.list.filter(({ id }) => !present.has(id)))}
        value={userId}
        onChange={setUserId}
        isRequired
      />
      <SearchChoiceField
        name="approvedBy"
        label={t('approver')}
        description={t('approverNote')}
        options={personOptions(approversOf(people.list, user.id))}
        value={approvedBy}
        onChange={setApprovedBy}
        isRequired={oneself}
      />
    </FormDialog>
  );
}
