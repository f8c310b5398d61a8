'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changeChannel, type Channel } from '../api-client/incidents.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { TextField } from '../forms/text-field.tsx';
import { changeOf, draftOf } from './channel-draft.ts';
import { ChannelSettingsFields } from './channel-settings-fields.tsx';
import { useChannelWords } from './use-channel-words.ts';
import { refusedFields, useChannelRefusals } from './use-channel-refusals.ts';

interface ChannelSettingsDialogProps {
  channel: Channel;
  /** Whom an escalation may go to. */
  others: readonly Channel[];
  onClose: () => void;
  onDone: () => Promise<unknown>;
}

/** Changes of what, and when, a channel is told. */
export function ChannelSettingsDialog({ channel, others, onClose, onDone }: ChannelSettingsDialogProps) {
  const t = useTranslations('channels');
  const words = useChannelWords();
  const refusals = useChannelRefusals();
  const [name, setName] = useState(channel.name);
  const [draft, setDraft] = useState(() => draftOf(channel));
  return (
    <FormDialog
      title={t('settingsTitle', { name: words.name(channel) })}
      action={t('save')}
      problemWords={refusals}
      problemFields={refusedFields}
      onClose={onClose}
      onSubmit={() =>
        changeChannel(channel.id, { ...changeOf(draft), ...(channel.kind === 'contacts' ? {} : { name: name.trim() }) })
      }
      onDone={onDone}
    >
      {channel.kind !== 'contacts' && (
        <TextField label={t('name')} name="name" value={name} onChange={setName} isRequired maxLength={120} />
      )}
      <ChannelSettingsFields draft={draft} onChange={setDraft} others={others} />
    </FormDialog>
  );
}
