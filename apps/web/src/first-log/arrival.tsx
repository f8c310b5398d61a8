'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { ArrivalAnswer } from '../api-client/keys.ts';
import { explorerAddress } from '../query/url-state.ts';
import { GrantSelfForm } from './grant-self-form.tsx';
import { streamQuery, useFirstLine } from './use-first-line.ts';
import { isGranted, useOwnAccess } from './use-own-access.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Moment } from '../time/moment.tsx';

interface ArrivalProps {
  /** The id of the source or key. */
  of: string;
  read: (id: string, signal: AbortSignal) => Promise<ArrivalAnswer>;
}

const askMilliseconds = 2000;

/** Waits for the first line of a sender, and then shows it, or says why it is not shown. */
export function Arrival({ of, read }: ArrivalProps) {
  const t = useTranslations('sourceSettings.arrival');
  const arrival = useQuery({
    queryKey: ['arrival', of],
    queryFn: ({ signal }) => read(of, signal),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'receiving' ? false : askMilliseconds),
  });
  const own = useOwnAccess();
  const stream = arrival.data?.streams[0];
  const granted = stream !== undefined && own.data !== undefined && isGranted(own.data, stream.logGroup);
  const first = useFirstLine(granted ? stream : null);
  if (arrival.data?.state !== 'receiving') {
    return (
      <p role="status" className="flex items-center gap-2 border-l-2 border-edge pl-3 text-muted">
        {arrival.isError ? t('failed') : t('waiting')}
      </p>
    );
  }
  return (
    <div role="status" className="grid gap-2 border-l-2 border-good pl-3">
      <p>
        <span className="font-medium text-good">{t('receiving')}</span>{' '}
        <Moment at={arrival.data.firstSeenAt} precision="second" />
      </p>
      {first.data && <p className="overflow-auto font-mono text-record whitespace-pre">{first.data.record}</p>}
      {granted && (
        <Link href={explorerAddress({ q: streamQuery(stream) })} className="text-accent underline underline-offset-2">
          {t('open')}
        </Link>
      )}
      {stream !== undefined && own.data !== undefined && !granted && <NotGranted logGroup={stream.logGroup} />}
    </div>
  );
}

/** Lines arrive that the reader may not see: said here, so that an empty search does not have to be puzzled out. */
function NotGranted({ logGroup }: { logGroup: string }) {
  const t = useTranslations('sourceSettings.arrival');
  const mayGrant = mayDo(useSession(), 'access.manage');
  const [open, setOpen] = useState(false);
  return (
    <>
      <p className="text-attention">{t(mayGrant ? 'notGranted' : 'notGrantedAsk', { logGroup })}</p>
      {mayGrant && !open && (
        <Button className="control justify-self-start" onPress={() => setOpen(true)}>
          {t('grant')}
        </Button>
      )}
      {open && <GrantSelfForm logGroups={[logGroup]} onGranted={() => setOpen(false)} />}
    </>
  );
}
