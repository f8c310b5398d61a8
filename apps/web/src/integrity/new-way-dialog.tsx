'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createCheckpointWay, type CreatedCheckpointWay, type NewCheckpointWay } from '../api-client/checkpoints.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { TextField } from '../forms/text-field.tsx';

const kinds = ['webhook', 'bucket', 'time-stamp'] as const;
const fieldsOf = {
  webhook: [],
  bucket: ['region', 'bucket', 'prefix', 'accessKeyId', 'secretAccessKey'],
  'time-stamp': ['certificate'],
} as const;
const optional: readonly string[] = ['prefix'];

interface NewWayDialogProps {
  onClose: () => void;
  onDone: (way: CreatedCheckpointWay) => Promise<unknown>;
}

/** One more place that checkpoints leave to. */
export function NewWayDialog({ onClose, onDone }: NewWayDialogProps) {
  const t = useTranslations('checkpoints');
  const [kind, setKind] = useState<(typeof kinds)[number]>('webhook');
  const submit = (entries: FormData): Promise<CreatedCheckpointWay> => {
    const names = ['name', 'target', ...fieldsOf[kind]];
    const typed = (name: string): string => {
      const value = entries.get(name);
      return typeof value === 'string' ? value.trim() : '';
    };
    const values = Object.fromEntries(names.map((name) => [name, typed(name)]));
    return createCheckpointWay({ kind, ...values } as unknown as NewCheckpointWay);
  };
  return (
    <FormDialog
      title={t('addTitle')}
      action={t('add')}
      problemWords={{
        'request-invalid': t('invalid'),
        'address-refused': t('addressRefused'),
        'conflict/too-many': t('tooMany'),
        'conflict/no-certificate': t('noCertificate'),
      }}
      problemFields={{ 'address-refused': 'target', 'conflict/no-certificate': 'certificate' }}
      onClose={onClose}
      onSubmit={submit}
      onDone={onDone}
    >
      <RadioChoices
        label={t('kind')}
        options={kinds.map((id) => ({ id, label: t(`kinds.${id}`), description: t(`kindTexts.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TextField label={t('fields.name')} name="name" isRequired maxLength={120} />
      <TextField
        label={t(`targets.${kind}`)}
        name="target"
        type="url"
        monospace
        isRequired
        autoComplete="off"
        maxLength={2_000}
      />
      {fieldsOf[kind].map((name) => (
        <TextField
          key={name}
          label={t(`fields.${name}`)}
          name={name}
          type={name === 'secretAccessKey' ? 'password' : 'text'}
          autoComplete="off"
          monospace
          isRequired={!optional.includes(name)}
          {...(name === 'certificate' ? { rows: 6, description: t('certificateNote') } : {})}
        />
      ))}
    </FormDialog>
  );
}
