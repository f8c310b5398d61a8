'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import {
  changeCheckpointWay,
  readCheckpointSendings,
  readCheckpointWays,
  removeCheckpointWay,
  sendCheckpoint,
  type CheckpointWay,
  type CreatedCheckpointWay,
} from '../api-client/checkpoints.ts';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { ChannelSecret } from '../notification-channels/channel-secret.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { NewWayDialog } from './new-way-dialog.tsx';
import { SendingsTable } from './sendings-table.tsx';
import { WaysTable } from './ways-table.tsx';

/** Checkpoints that leave the installation: where to, how often, and what left when to whom. */
export function CheckpointsSection() {
  const t = useTranslations('checkpoints');
  const session = useSession();
  const mayRead = mayDo(session, 'settings.read');
  const mayManage = mayDo(session, 'settings.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<CreatedCheckpointWay | null>(null);
  const [removed, setRemoved] = useState<CheckpointWay | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const ways = useQuery({
    queryKey: ['checkpoint-ways'],
    queryFn: ({ signal }) => readCheckpointWays(signal),
    enabled: mayRead,
  });
  const sendings = useQuery({
    queryKey: ['checkpoint-sendings'],
    queryFn: ({ signal }) => readCheckpointSendings(signal),
    refetchInterval: 10_000,
  });
  const act = async (key: string, work: () => Promise<string>) => {
    setFailed(null);
    try {
      notify({ text: await work() });
    } catch (error) {
      const isUnproven = error instanceof ApiProblem && error.code === 'conflict';
      setFailed(t(isUnproven ? 'nothingProven' : 'actionFailed'));
    }
    await client.invalidateQueries({ queryKey: [key] });
  };
  return (
    <section className="grid min-w-0 gap-3 lg:col-span-2">
      <div className="flex flex-wrap items-start gap-4">
        <div className="flex-1 basis-80">
          <h2 className="mb-1 font-medium">{t('title')}</h2>
          <p className="max-w-[72ch] text-muted">{t('text')}</p>
        </div>
        {mayManage && (
          <span className="flex flex-wrap gap-2">
            <Button
              className="control"
              onPress={() =>
                void act('checkpoint-sendings', async () => {
                  await sendCheckpoint();
                  return t('sending');
                })
              }
            >
              {t('sendNow')}
            </Button>
            <Button className="control" onPress={() => setAdding(true)}>
              {t('add')}
            </Button>
          </span>
        )}
      </div>
      {failed !== null && (
        <p role="alert" className="text-bad">
          {failed}
        </p>
      )}
      {mayRead && (
        <Answer of={ways} what="integrity">
          {(items) => (
            <WaysTable
              ways={items}
              {...(mayManage
                ? {
                    steps: {
                      onCadence: ({ id }, cadence) =>
                        act('checkpoint-ways', async () => {
                          await changeCheckpointWay(id, { cadence });
                          return t('changed');
                        }),
                      onRemove: setRemoved,
                    },
                  }
                : {})}
            />
          )}
        </Answer>
      )}
      <h3 className="mt-3 font-medium">{t('history')}</h3>
      <Answer of={sendings} what="integrity">
        {(items) =>
          items.length === 0 ? <p className="text-muted">{t('none')}</p> : <SendingsTable sendings={items} />
        }
      </Answer>
      {adding && (
        <NewWayDialog
          onClose={() => setAdding(false)}
          onDone={async (way) => {
            await client.invalidateQueries({ queryKey: ['checkpoint-ways'] });
            if (way.secret === undefined) notify({ text: t('added') });
            else setMade(way);
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
            await removeCheckpointWay(removed.id);
            await client.invalidateQueries({ queryKey: ['checkpoint-ways'] });
            notify({ text: t('removed') });
          }}
        >
          <p>{t('removeFollows')}</p>
        </ConfirmDialog>
      )}
    </section>
  );
}
