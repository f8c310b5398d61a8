'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readWatchStatus, type WatchStatus } from '../api-client/watch-status.ts';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { LimitDialog } from './limit-dialog.tsx';
import { LimitsTable } from './limits-table.tsx';
import { StreamsTable } from './streams-table.tsx';
import { ThingsTable } from './things-table.tsx';

const askMilliseconds = 30_000;
const queryKey = ['watch-status'];

/** Everything that is watched, with its last good time (PCI DSS 10.7.2): green only because something was seen. */
export function WatchStatusPage() {
  const t = useTranslations('watchStatus');
  const status = useQuery({
    queryKey,
    queryFn: ({ signal }) => readWatchStatus(signal),
    refetchInterval: askMilliseconds,
  });
  return (
    <Page title={t('title')}>
      <p className="mb-4 max-w-[72ch]">{t('note')}</p>
      <Answer of={status} what="watchStatus">
        {(found) => <Found status={found} />}
      </Answer>
    </Page>
  );
}

function Found({ status }: { status: WatchStatus }) {
  const t = useTranslations('watchStatus');
  const client = useQueryClient();
  const mayManage = mayDo(useSession(), 'sources.manage');
  const [setting, setSetting] = useState(false);
  const refresh = () => client.invalidateQueries({ queryKey });
  return (
    <div className="grid gap-8">
      <ThingsTable things={status.items} />
      <section className="grid gap-3">
        <div className="flex flex-wrap items-center gap-3">
          <h2 className="flex-1 font-medium">{t('streams.title')}</h2>
          {mayManage && (
            <Button className="control" onPress={() => setSetting(true)}>
              {t('limits.set')}
            </Button>
          )}
        </div>
        <StreamsTable streams={status.streams} />
      </section>
      {status.limits.length > 0 && (
        <section className="grid gap-3">
          <h2 className="font-medium">{t('limits.title')}</h2>
          <LimitsTable limits={status.limits} mayManage={mayManage} onChanged={refresh} />
        </section>
      )}
      {setting && <LimitDialog streams={status.streams} onClose={() => setSetting(false)} onDone={refresh} />}
    </div>
  );
}
