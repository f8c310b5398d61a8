'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { readHostTimes, type HostTimes } from '../api-client/host-times.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { Moment } from '../time/moment.tsx';
import { HostTimesTable } from './host-times-table.tsx';
import { TimeSettingsSection } from './time-settings-section.tsx';

const refreshMilliseconds = 15_000;

/** The clock of each host, as its own logs tell, against designated servers and limits (PCI DSS 10.6). */
export default function HostTimesView() {
  const t = useTranslations('hostTimes');
  const answer = useQuery({
    queryKey: ['host-times'],
    queryFn: ({ signal }) => readHostTimes(signal),
    refetchInterval: (query) => (query.state.status === 'error' ? false : refreshMilliseconds),
  });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
      <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <p className="max-w-[72ch] text-muted">
          {t('text')}{' '}
          <Link
            href="/reports/time-synchronization"
            className="inline-block min-h-6 text-accent underline-offset-2 hover:underline"
          >
            {t('report')}
          </Link>
        </p>
        <Answer of={answer} what="hostTimes">
          {(times) => <Hosts times={times} />}
        </Answer>
      </section>
      <TimeSettingsSection />
    </div>
  );
}

function Hosts({ times }: { times: HostTimes }) {
  const t = useTranslations('hostTimes');
  const { items, quiet, moreQuiet } = times;
  const wrong = items.filter(({ problems }) => problems.length > 0).length;
  return (
    <>
      {items.length === 0 ? (
        <EmptyState title={t('none')} text={t('noneText')} />
      ) : (
        <>
          <p role="status" className={wrong > 0 ? 'font-medium text-attention' : 'text-muted'}>
            {wrong > 0 ? t('wrong', { count: wrong, all: items.length }) : t('allWell', { count: items.length })}
          </p>
          <HostTimesTable hosts={items.toSorted((one, other) => other.problems.length - one.problems.length)} />
        </>
      )}
      {quiet.length > 0 && (
        <details>
          <summary className="cursor-pointer">{t('quiet', { count: quiet.length + moreQuiet })}</summary>
          <p className="my-2 max-w-[72ch] text-muted">{t('quietText')}</p>
          <ul className="grid gap-1">
            {quiet.map(({ host, logGroups, lastReceivedAt }) => (
              <li key={host} className="flex flex-wrap gap-x-3">
                <span className="font-mono text-record">{host}</span>
                <span className="text-muted">{logGroups.join(', ')}</span>
                <span className="text-muted">
                  <Moment at={lastReceivedAt} />
                </span>
              </li>
            ))}
          </ul>
          {moreQuiet > 0 && <p className="mt-2 text-muted">{t('moreQuiet', { count: moreQuiet })}</p>}
        </details>
      )}
    </>
  );
}
