'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { renameFactor, type Factor } from '../api-client/profile.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';

interface RenameFactorDialogProps {
  factor: Factor;
  onClose: () => void;
  onDone: (name: string) => Promise<unknown>;
}

/** A name by which the person tells the factor from others. */
export function RenameFactorDialog({ factor, onClose, onDone }: RenameFactorDialogProps) {
  const t = useTranslations('profile.factors');
  const [name, setName] = useState(factor.name);
  return (
    <FormDialog
      title={t('renameTitle', { name: factor.name })}
      action={t('save')}
      problemWords={{ 'request-invalid': t('nameInvalid') }}
      onClose={onClose}
      onSubmit={async () => {
        const renamed = await renameFactor(factor.id, name);
        await onDone(renamed.name);
      }}
    >
      <TextField
        name="name"
        label={t('name')}
        description={t('nameNote')}
        value={name}
        onChange={setName}
        isRequired
        maxLength={60}
        autoComplete="off"
      />
    </FormDialog>
  );
}
