'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createCheckpointWay, type CreatedCheckpointWay, type NewCheckpointWay } from '../api-client/checkpoints.ts';
import { NewDestinationDialog } from '../destinations/new-destination-dialog.tsx';
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
  return (
    <NewDestinationDialog
      kinds={kinds.map((id) => ({
        id,
        label: t(`kinds.${id}`),
        description: t(`kindTexts.${id}`),
        targetLabel: t(`targets.${id}`),
      }))}
      kind={kind}
      onKind={setKind}
      words={{
        title: t('addTitle'),
        add: t('add'),
        kind: t('kind'),
        name: t('fields.name'),
        refusals: {
          'request-invalid': t('invalid'),
          'address-refused': t('addressRefused'),
          'conflict/too-many': t('tooMany'),
          'conflict/no-certificate': t('noCertificate'),
        },
      }}
      refusedFields={{ 'conflict/no-certificate': 'certificate' }}
      onSubmit={(typed) => {
        const values = ['name', 'target', ...fieldsOf[kind]].map((name) => [name, typed(name)]);
        return createCheckpointWay({ kind, ...Object.fromEntries(values) } as unknown as NewCheckpointWay);
      }}
      onClose={onClose}
      onDone={onDone}
    >
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
    </NewDestinationDialog>
  );
}
