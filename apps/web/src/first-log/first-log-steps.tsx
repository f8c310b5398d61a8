'use client';

import type { OwnAccess } from '@akashi/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { readKeyArrival, readKeys, type AccessKeyWithSecret } from '../api-client/keys.ts';
import { explorerAddress } from '../query/url-state.ts';
import { Answer } from '../states/answer.tsx';
import { GrantSelfForm } from './grant-self-form.tsx';
import { KeyForm } from './key-form.tsx';
import { SendStep } from './send-step.tsx';
import { Step, type StepState } from './step.tsx';
import { streamQuery, useFirstLine } from './use-first-line.ts';
import { isGranted, ungranted } from './use-own-access.ts';

const askMilliseconds = 2000;

/** Each step is done when the server says so: whoever comes back finds the way where they left it. */
export function FirstLogSteps({ own }: { own: OwnAccess }) {
  const t = useTranslations('firstLog');
  const keys = useQuery({ queryKey: ['access-keys'], queryFn: ({ signal }) => readKeys(signal) });
  const [made, setMade] = useState<AccessKeyWithSecret | null>(null);
  return (
    <div className="max-w-[80ch]">
      <p className="mb-4 text-muted">{t('text')}</p>
      <Answer of={keys} what="keys">
        {(list) => {
          const usable = list.filter(({ kind, status }) => kind === 'ingest' && status === 'active');
          const newest = usable.toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))[0];
          return <Steps own={own} keyId={made?.key.id ?? newest?.id ?? null} made={made} onMade={setMade} />;
        }}
      </Answer>
    </div>
  );
}

interface StepsProps {
  own: OwnAccess;
  /** The key that is waited for; null before there is any. */
  keyId: string | null;
  /** The key with its secret, while this page knows it. */
  made: AccessKeyWithSecret | null;
  onMade: (made: AccessKeyWithSecret) => void;
}

function Steps({ own, keyId, made, onMade }: StepsProps) {
  const t = useTranslations('firstLog');
  const client = useQueryClient();
  const arrival = useQuery({
    queryKey: ['arrival', keyId],
    queryFn: ({ signal }) => readKeyArrival(keyId ?? '', signal),
    enabled: keyId !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'receiving' ? false : askMilliseconds),
  });
  const stream = arrival.data?.streams[0];
  const arrivedGroups = stream ? [stream.logGroup] : (own.received?.map(({ name }) => name) ?? []);
  const isReceived = arrivedGroups.length > 0;
  // What has arrived is only in the answer about one's access once it is asked for again.
  useEffect(() => {
    if (stream && own.received?.every(({ name }) => name !== stream.logGroup))
      void client.invalidateQueries({ queryKey: ['own-access'] });
  }, [client, own, stream]);
  const seen = arrivedGroups.find((name) => isGranted(own, name));
  const isSeen = isReceived && seen !== undefined;
  const line = useFirstLine(isSeen ? (stream ?? { logGroup: seen }) : null);
  const isKeyed = keyId !== null || isReceived;
  const done = [isKeyed, isReceived, isSeen, Boolean(line.data)];
  const next = done.indexOf(false);
  const stateOf = (index: number): StepState => (done[index] ? 'done' : index === next ? 'now' : 'later');
  const [asked, setAsked] = useState(false);
  return (
    <ol className="border-t border-line">
      <Step number={1} title={t('key.title')} state={stateOf(0)}>
        {stateOf(0) === 'now' && <KeyForm onMade={onMade} />}
      </Step>
      <Step number={2} title={t('send.title')} state={stateOf(1)}>
        {keyId !== null && (stateOf(1) === 'now' || made !== null) && (
          <SendStep keyId={keyId} made={made} arrival={arrival} onMade={onMade} />
        )}
      </Step>
      <Step number={3} title={t('grant.title')} state={stateOf(2)}>
        {stateOf(2) === 'now' && asked && (
          <p role="status" className="border-l-2 border-attention pl-3 text-attention">
            {t('grant.pending')}
          </p>
        )}
        {stateOf(2) === 'now' && !asked && (
          <GrantSelfForm
            key={arrivedGroups.join('\n')}
            logGroups={stream ? [stream.logGroup] : ungranted(own)}
            onGranted={() => setAsked(true)}
          />
        )}
      </Step>
      <Step number={4} title={t('line.title')} state={stateOf(3)}>
        {stateOf(3) === 'now' && (
          <p role="status" className="text-muted">
            {t('line.waiting')}
          </p>
        )}
        {line.data && (
          <div role="status" className="grid gap-3">
            <p className="overflow-auto border-l-2 border-good pl-3 font-mono text-record whitespace-pre">
              {line.data.record}
            </p>
            <Link
              href={explorerAddress({ q: streamQuery(stream ?? { logGroup: seen ?? '' }) })}
              className="control control-primary justify-self-start"
            >
              {t('line.open')}
            </Link>
          </div>
        )}
      </Step>
    </ol>
  );
}
