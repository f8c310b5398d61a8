'use client';

import type { AccessGroupValues, Member } from '@akashi/contracts';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FormDialog } from '../forms/form-dialog.tsx';
import { SearchChoiceField } from '../forms/search-choice-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { personOptions } from './person-options.ts';

interface GroupDialogProps {
  title: string;
  action: string;
  people: readonly Member[];
  initial?: AccessGroupValues;
  onSubmit: (values: AccessGroupValues) => Promise<unknown>;
  onClose: () => void;
}

/** A group's name, what it is for, and who answers for it. */
export function GroupDialog({ people, initial, onSubmit, ...dialog }: GroupDialogProps) {
  const t = useTranslations('access.groups');
  const [name, setName] = useState(initial?.name ?? '');
  const [description, setDescription] = useState(initial?.description ?? '');
  const [ownerId, setOwnerId] = useState(initial?.ownerId ?? null);
  return (
    <FormDialog
      {...dialog}
      problemWords={{ 'name-taken': t('nameTaken') }}
      onSubmit={() => onSubmit({ name, description, ownerId })}
    >
      <TextField name="name" label={t('columns.name')} value={name} onChange={setName} isRequired maxLength={80} />
      <TextField
        name="description"
        label={t('columns.description')}
        value={description}
        onChange={setDescription}
        maxLength={500}
        rows={2}
      />
      <SearchChoiceField
        name="ownerId"
        label={t('columns.owner')}
        description={t('ownerNote')}
        options={personOptions(people)}
        value={ownerId}
        onChange={setOwnerId}
      />
    </FormDialog>
  );
}
