'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
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
import { DestinationDialogs } from '../destinations/destination-dialogs.tsx';
import { useDestinations } from '../destinations/use-destinations.ts';
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
  const destinations = useDestinations<CheckpointWay, CreatedCheckpointWay>('checkpoint-ways');
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
  const whyNot = (error: unknown): string => {
    const isUnproven = error instanceof ApiProblem && error.code === 'conflict';
    return t(isUnproven ? 'nothingProven' : 'actionFailed');
  };
  const act = (key: string, work: () => Promise<string>) => destinations.act(key, work, whyNot);
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
            <Button className="control" onPress={destinations.add}>
              {t('add')}
            </Button>
          </span>
        )}
      </div>
      {destinations.failed !== null && (
        <p role="alert" className="text-bad">
          {destinations.failed}
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
                      onRemove: destinations.askToRemove,
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
      {destinations.adding && (
        <NewWayDialog onClose={destinations.closeAdding} onDone={(way) => destinations.noteMade(way, t('added'))} />
      )}
      <DestinationDialogs
        of={destinations}
        onRemove={({ id }) => removeCheckpointWay(id)}
        words={{
          removeTitle: (name) => t('removeTitle', { name }),
          remove: t('remove'),
          removeFollows: t('removeFollows'),
          removed: t('removed'),
          refusals: { 'not-found': t('gone') },
        }}
      />
    </section>
  );
}
