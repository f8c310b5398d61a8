'use client';

import { incidentKinds } from '@akashi/policy';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createChannel, type CreatedChannel, type IncidentKind } from '../api-client/incidents.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { RadioChoices } from '../forms/radio-choices.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useIncidentWords } from '../incidents/use-incident-words.ts';

interface NewChannelDialogProps {
  onClose: () => void;
  onDone: (channel: CreatedChannel) => Promise<unknown>;
}

const kindsOfChannels = ['mail', 'webhook'] as const;
type ChannelKind = (typeof kindsOfChannels)[number];

export function NewChannelDialog({ onClose, onDone }: NewChannelDialogProps) {
  const t = useTranslations('channels');
  const words = useIncidentWords();
  const [kind, setKind] = useState<ChannelKind>('mail');
  const [name, setName] = useState('');
  const [target, setTarget] = useState('');
  const [kinds, setKinds] = useState<string[]>([]);
  return (
    <FormDialog
      title={t('addTitle')}
      action={t('add')}
      problemWords={{
        'request-invalid': t('invalid'),
        'address-refused': t('addressRefused'),
        'conflict/too-many': t('tooMany'),
      }}
      problemFields={{ 'address-refused': 'target' }}
      onClose={onClose}
      onSubmit={() => createChannel({ kind, name: name.trim(), target: target.trim(), kinds: kinds as IncidentKind[] })}
      onDone={onDone}
    >
      <RadioChoices
        label={t('kind')}
        options={kindsOfChannels.map((id) => ({ id, label: t(`kinds.${id}`), description: t(`kindTexts.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      <TextField label={t('name')} name="name" value={name} onChange={setName} isRequired maxLength={120} />
      <TextField
        label={t(`targets.${kind}`)}
        name="target"
        type={kind === 'mail' ? 'email' : 'url'}
        value={target}
        onChange={setTarget}
        monospace
        isRequired
        autoComplete="off"
        maxLength={kind === 'mail' ? 254 : 2_000}
      />
      <SeveralChoicesField
        label={t('columns.kinds')}
        description={t('kindsNote')}
        chosenLabel={t('kindsChosen')}
        options={incidentKinds.map((id) => ({ id, label: words.kind(id) }))}
        value={kinds}
        onChange={setKinds}
      />
    </FormDialog>
  );
}
