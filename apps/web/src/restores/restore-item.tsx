'use client';

import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import { Button, ProgressBar } from 'react-aria-components';
import type { Restore } from '../api-client/restores.ts';
import { useBytes } from '../organisation/use-bytes.ts';
import { explorerAddress } from '../query/url-state.ts';
import { Moment } from '../time/moment.tsx';
import { isStanding, isUnderWay } from './restore-state.ts';
import { useRemaining } from './use-remaining.ts';

interface RestoreItemProps {
  restore: Restore;
  onEnd: () => void;
}

/** One restore: what of, how far or until when, and the way into it. */
export function RestoreItem({ restore, onEnd }: RestoreItemProps) {
  const t = useTranslations('restores');
  const format = useFormatter();
  const bytes = useBytes();
  const { logGroups, from, to, state, records, requestedBy, createdAt, expiresAt, finishedAt } = restore;
  const range = { kind: 'absolute', from: Date.parse(from), to: Date.parse(to) } as const;
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line py-3">
      <div className={`min-w-0 flex-1 basis-80 ${isUnderWay(restore) || isStanding(restore) ? '' : 'text-muted'}`}>
        <p className="font-medium">
          <code className="font-mono text-record">{logGroups.join(', ')}</code>
        </p>
        <p>
          {t.rich('period', { from: () => <Moment at={from} />, to: () => <Moment at={to} /> })}
          <span className="ml-3">{t('amount', { records: format.number(records), bytes: bytes(restore.bytes) })}</span>
        </p>
        {isUnderWay(restore) && <Progress restore={restore} />}
        {isStanding(restore) && (
          <p>
            {restore.proven && t('proven')} {t.rich('expires', { at: () => <Moment at={expiresAt} /> })}
          </p>
        )}
        {state === 'failed' && (
          <p role="alert" className="text-bad">
            {t('failedText')} <code className="font-mono text-meta select-all">{restore.errorCode}</code>
          </p>
        )}
        <p className="text-meta text-muted">
          {requestedBy === null
            ? t.rich('drill', { at: () => <Moment at={createdAt} /> })
            : t.rich('by', { name: requestedBy, at: () => <Moment at={createdAt} /> })}
          {finishedAt !== null && state === 'done' && (
            <span className="ml-3">{t.rich('finished', { at: () => <Moment at={finishedAt} /> })}</span>
          )}
          {restore.endedBy !== null && <span className="ml-3">{t('endedBy', { name: restore.endedBy })}</span>}
        </p>
      </div>
      <span className="flex items-center gap-3">
        <span className={state === 'failed' ? 'font-medium text-bad' : isStanding(restore) ? '' : 'text-muted'}>
          {t(`states.${state}`)}
        </span>
        {isStanding(restore) && (
          <Link href={explorerAddress({ t: range, restored: true })} className="control control-small">
            {t('search')}
          </Link>
        )}
        {restore.canManage && (isUnderWay(restore) || isStanding(restore)) && (
          <Button
            className="control control-small"
            onPress={onEnd}
            aria-label={t(isUnderWay(restore) ? 'cancelNamed' : 'endNamed', { groups: logGroups.join(', ') })}
          >
            {t(isUnderWay(restore) ? 'cancel' : 'end')}
          </Button>
        )}
      </span>
    </li>
  );
}

function Progress({ restore }: { restore: Restore }) {
  const t = useTranslations('restores');
  const format = useFormatter();
  const remaining = useRemaining();
  const { state, progress, doneRecords, records, remainingSeconds } = restore;
  return (
    <ProgressBar
      aria-label={t('progress')}
      value={progress * 100}
      isIndeterminate={state === 'waiting'}
      className="mt-1 grid max-w-[72ch] gap-1"
    >
      {({ percentage }) => (
        <>
          <span className="flex flex-wrap justify-between gap-x-4">
            <span>
              {state === 'waiting'
                ? t('waitingText')
                : t('doneOf', { done: format.number(doneRecords), records: format.number(records) })}
            </span>
            <span className="text-muted">
              {remainingSeconds !== null && t('remaining', { time: remaining(remainingSeconds) })}
            </span>
          </span>
          <span className="block h-1.5 overflow-hidden rounded-[3px] bg-line">
            <span className="block h-full bg-accent" style={{ width: `${percentage ?? 0}%` }} />
          </span>
        </>
      )}
    </ProgressBar>
  );
}
