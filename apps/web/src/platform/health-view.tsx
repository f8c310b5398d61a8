'use client';

import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { readHealth, type PlatformHealth } from '../api-client/platform.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { useBytes } from '../organisation/use-bytes.ts';
import { SealMark } from '../seal/seal-mark.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { KeysStanding } from './keys-standing.tsx';

type Part = PlatformHealth['parts'][number];

/** Whether the parts answer, and what waits to be worked on for each organisation. */
export function HealthView() {
  const t = useTranslations('platform.health');
  const health = useQuery({
    queryKey: ['platform', 'health'],
    queryFn: ({ signal }) => readHealth(signal),
    refetchInterval: 15_000,
  });
  return (
    <Answer of={health} what="platform">
      {({ parts, tenants }) => (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <KeysStanding />
          <section>
            <h2 className="mb-2 font-medium">{t('parts')}</h2>
            <ul className="max-w-[72ch] border-t border-line">
              {parts.map((part) => (
                <PartRow key={part.name} part={part} />
              ))}
            </ul>
          </section>
          <Waiting tenants={tenants} />
        </div>
      )}
    </Answer>
  );
}

function PartRow({ part }: { part: Part }) {
  const t = useTranslations('platform.health');
  const colour = { ready: 'text-good', 'not-ready': 'text-attention', unreachable: 'text-bad' }[part.state];
  return (
    <li className="grid grid-cols-[12rem_1fr] gap-x-6 border-b border-line py-2 max-sm:grid-cols-1">
      <span className="font-medium">{t(`names.${part.name}`)}</span>
      <span>
        <span className={`font-medium ${colour}`}>{t(`states.${part.state}`)}</span>
        {part.missing.length > 0 && (
          <span className="ml-3 text-muted">{t('missing', { parts: part.missing.join(', ') })}</span>
        )}
      </span>
    </li>
  );
}

function Waiting({ tenants }: { tenants: PlatformHealth['tenants'] }) {
  const t = useTranslations('platform.health');
  const format = useFormatter();
  const bytes = useBytes();
  return (
    <section>
      <h2 className="mb-2 font-medium">{t('waiting')}</h2>
      <SortedTable
        label={t('waiting')}
        rows={tenants}
        rowId={({ id }) => id}
        initial={{ column: 'oldest', direction: 'descending' }}
        minWidth={800}
        columns={[
          {
            id: 'slug',
            title: t('columns.organisation'),
            isRowHeader: true,
            sortBy: ({ slug }) => slug,
            cell: ({ slug }) => slug,
          },
          {
            id: 'segments',
            title: t('columns.segments'),
            isNumber: true,
            sortBy: ({ waitingSegments }) => waitingSegments,
            cell: ({ waitingSegments }) => format.number(waitingSegments),
          },
          {
            id: 'bytes',
            title: t('columns.bytes'),
            isNumber: true,
            sortBy: ({ waitingBytes }) => waitingBytes,
            cell: ({ waitingBytes }) => bytes(waitingBytes),
          },
          {
            id: 'oldest',
            title: t('columns.oldest'),
            isNumber: true,
            sortBy: ({ oldestWaitingSeconds }) => oldestWaitingSeconds,
            cell: ({ oldestWaitingSeconds }) =>
              oldestWaitingSeconds === null ? (
                '–'
              ) : (
                <span className={oldestWaitingSeconds > 60 ? 'font-medium text-attention' : ''}>
                  {t('seconds', { seconds: oldestWaitingSeconds })}
                </span>
              ),
          },
          {
            id: 'verification',
            title: t('columns.verification'),
            sortBy: ({ verification }) => verification,
            cell: ({ verification, verifiedAt }) =>
              verification === null ? (
                <span className="text-muted">{t('notVerified')}</span>
              ) : (
                <span className="flex flex-wrap items-center gap-x-3">
                  {verification === 'unreadable' ? (
                    <span className="font-medium text-bad">{t('unreadable')}</span>
                  ) : (
                    <SealMark state={verification === 'proven' ? 'proven' : 'mismatch'} withWord />
                  )}
                  <span className="text-meta text-muted">
                    <Moment at={verifiedAt} />
                  </span>
                </span>
              ),
          },
        ]}
      />
    </section>
  );
}
