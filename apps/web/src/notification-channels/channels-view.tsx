'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import {
  changeChannel,
  readChannels,
  removeChannel,
  tryChannel,
  type Channel,
  type CreatedChannel,
} from '../api-client/incidents.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { ChannelSecret } from './channel-secret.tsx';
import { ChannelsTable } from './channels-table.tsx';
import { NewChannelDialog } from './new-channel-dialog.tsx';
import { useChannelError } from './use-channel-error.ts';

/** Who is told of incidents, and how the newest message went. */
export function ChannelsView() {
  const t = useTranslations('channels');
  const mayManage = mayDo(useSession(), 'notifications.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const errorWord = useChannelError();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<CreatedChannel | null>(null);
  const [removed, setRemoved] = useState<Channel | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const channels = useQuery({
    queryKey: ['notification-channels'],
    queryFn: ({ signal }) => readChannels(signal),
  });
  const refresh = () => client.invalidateQueries({ queryKey: ['notification-channels'] });
  const act = async (work: () => Promise<string>) => {
    setFailed(null);
    try {
      notify({ text: await work() });
    } catch {
      setFailed(t('actionFailed'));
    }
    await refresh();
  };
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
  return (
    <section className="grid gap-3">
      <div className="flex flex-wrap items-start gap-4">
        <p className="max-w-[72ch] flex-1 basis-80 text-muted">{t('text')}</p>
        {mayManage && (
          <Button className="control" onPress={() => setAdding(true)}>
            {t('add')}
          </Button>
        )}
      </div>
      {failed !== null && (
        <p role="alert" className="text-bad">
          {failed}
        </p>
      )}
      <Answer of={channels} what="channels">
        {(items) => (
          <ChannelsTable
            channels={items}
            {...(mayManage ? { steps: { onTry: trial, onToggle: toggle, onRemove: setRemoved } } : {})}
          />
        )}
      </Answer>
      {adding && (
        <NewChannelDialog
          onClose={() => setAdding(false)}
          onDone={async (channel) => {
            await refresh();
            if (channel.secret === undefined) notify({ text: t('added') });
            else setMade(channel);
          }}
        />
      )}
      {made?.secret !== undefined && (
        <ChannelSecret name={made.name} secret={made.secret} onClose={() => setMade(null)} />
      )}
      {removed !== null && (
        <ConfirmDialog
          title={t('removeTitle', { name: removed.name })}
          action={t('remove')}
          problemWords={{ 'not-found': t('gone') }}
          onClose={() => setRemoved(null)}
          onConfirm={async () => {
            await removeChannel(removed.id);
            await refresh();
            notify({ text: t('removed') });
          }}
        >
          <p>{t('removeFollows')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
