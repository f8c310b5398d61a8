'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import {
  changeChannel,
  readChannels,
  removeChannel,
  tryChannel,
  type Channel,
  type CreatedChannel,
} from '../api-client/incidents.ts';
import { DestinationDialogs } from '../destinations/destination-dialogs.tsx';
import { useDeliveryError } from '../destinations/use-delivery-error.ts';
import { useDestinations } from '../destinations/use-destinations.ts';
import { useNotify } from '../forms/notices.tsx';
import { ownWords } from '../forms/problem-words.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { ChannelSettingsDialog } from './channel-settings-dialog.tsx';
import { ChannelsTable } from './channels-table.tsx';
import { NewChannelDialog } from './new-channel-dialog.tsx';
import { useChannelRefusals } from './use-channel-refusals.ts';

const queryKey = 'notification-channels';

/** Who is told of incidents, of which and when, and how the newest message went. */
export function ChannelsView() {
  const t = useTranslations('channels');
  const mayManage = mayDo(useSession(), 'notifications.manage');
  const notify = useNotify();
  const errorWord = useDeliveryError();
  const refusals = useChannelRefusals();
  const destinations = useDestinations<Channel, CreatedChannel>(queryKey);
  const [changed, setChanged] = useState<Channel | null>(null);
  const channels = useQuery({ queryKey: [queryKey], queryFn: ({ signal }) => readChannels(signal) });
  const act = (work: () => Promise<string>) =>
    destinations.act(
      queryKey,
      work,
      (error) => ownWords(error instanceof ApiProblem ? error : null, refusals) ?? t('actionFailed'),
    );
  const trial = (channel: Channel) =>
    act(async () => {
      const { outcome, error } = await tryChannel(channel.id);
      return outcome === 'sent' ? t('tried') : t('triedFailed', { why: errorWord(error ?? '') });
    });
  const toggle = ({ id, enabled }: Channel) =>
    act(async () => {
      await changeChannel(id, { enabled: !enabled });
      return t(enabled ? 'switchedOff' : 'switchedOn');
    });
  const steps = { onTry: trial, onToggle: toggle, onChange: setChanged, onRemove: destinations.askToRemove };
  const othersThan = (id: string | null) =>
    (channels.data ?? []).filter((channel) => channel.enabled && channel.id !== id);
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-start gap-4">
        <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
        {mayManage && (
          <Button className="control" onPress={destinations.add}>
            {t('add')}
          </Button>
        )}
      </div>
      {destinations.failed !== null && (
        <p role="alert" className="text-bad">
          {destinations.failed}
        </p>
      )}
      <Answer of={channels} what="channels">
        {(items) => <ChannelsTable channels={items} {...(mayManage ? { steps } : {})} />}
      </Answer>
      {destinations.adding && (
        <NewChannelDialog
          others={othersThan(null)}
          onClose={destinations.closeAdding}
          onDone={(channel) => destinations.noteMade(channel, t('added'))}
        />
      )}
      {changed !== null && (
        <ChannelSettingsDialog
          channel={changed}
          others={othersThan(changed.id)}
          onClose={() => setChanged(null)}
          onDone={async () => {
            await destinations.refresh();
            notify({ text: t('changed') });
          }}
        />
      )}
      <DestinationDialogs
        of={destinations}
        onRemove={({ id }) => removeChannel(id)}
        words={{
          removeTitle: (name) => t('removeTitle', { name }),
          remove: t('remove'),
          removeFollows: t('removeFollows'),
          removed: t('removed'),
          refusals,
        }}
      />
    </section>
  );
}
