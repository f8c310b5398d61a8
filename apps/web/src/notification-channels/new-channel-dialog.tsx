'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { createChannel, type Channel, type CreatedChannel } from '../api-client/incidents.ts';
import { NewDestinationDialog } from '../destinations/new-destination-dialog.tsx';
import { newDraft, settingsOf } from './channel-draft.ts';
import { ChannelSettingsFields } from './channel-settings-fields.tsx';
import { refusedFields, useChannelRefusals } from './use-channel-refusals.ts';

interface NewChannelDialogProps {
  /** Whom an escalation may go to. */
  others: readonly Channel[];
  onClose: () => void;
  onDone: (channel: CreatedChannel) => Promise<unknown>;
}

const kinds = ['mail', 'webhook', 'slack', 'teams'] as const;

/** One more channel that is told of incidents. */
export function NewChannelDialog({ others, onClose, onDone }: NewChannelDialogProps) {
  const t = useTranslations('channels');
  const refusals = useChannelRefusals();
  const [kind, setKind] = useState<(typeof kinds)[number]>('mail');
  const [draft, setDraft] = useState(newDraft);
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
      words={{ title: t('addTitle'), add: t('add'), kind: t('kind'), name: t('name'), refusals }}
      refusedFields={refusedFields}
      onSubmit={(typed) => createChannel({ kind, name: typed('name'), target: typed('target'), ...settingsOf(draft) })}
      onClose={onClose}
      onDone={onDone}
    >
      <ChannelSettingsFields draft={draft} onChange={setDraft} others={others} />
    </NewDestinationDialog>
  );
}
