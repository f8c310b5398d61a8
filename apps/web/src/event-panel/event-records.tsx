'use client';

import { useQueries } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { fieldText, type EventRecord } from '../api-client/event.ts';
import { readEvent } from '../api-client/search.ts';

/** Read one by one: an event of audit has about five. */
const shownRecords = 12;
/** What all records of the event begin with: its type stands beside, time and number are those of the event. */
const stamp = /^[^()]{0,400}\([\d.:]{1,64}\):? ?/;

interface EventRecordsProps {
  event: EventRecord;
  restored: boolean;
  onOpen: (id: string) => void;
}

/** Of an event that several records tell of: the others, and from each of them the way to the whole. */
export function EventRecords({ event, restored, onOpen }: EventRecordsProps) {
  const t = useTranslations('panel');
  const { partOf, parts = [] } = event;
  if (partOf !== undefined)
    return (
      <p className="flex items-center gap-3 py-3">
        <span className="flex-1 text-muted">{t('partOf')}</span>
        <Button className="control control-small" onPress={() => onOpen(partOf)}>
          {t('openHead')}
        </Button>
      </p>
    );
  return parts.length === 0 ? null : <OtherRecords ids={parts} restored={restored} onOpen={onOpen} />;
}

function OtherRecords({ ids, restored, onOpen }: Omit<EventRecordsProps, 'event'> & { ids: readonly string[] }) {
  const t = useTranslations('panel');
  const records = useQueries({
    queries: ids.slice(0, shownRecords).map((id) => ({
      queryKey: ['event', id, restored],
      queryFn: ({ signal }: { signal: AbortSignal }) => readEvent({ id, restored }, signal),
      staleTime: Infinity,
    })),
  });
  return (
    <section aria-label={t('records', { count: ids.length })} className="py-3">
      <h3 className="text-meta text-muted">{t('records', { count: ids.length })}</h3>
      <ol>
        {records.map(({ data }, index) => {
          const id = ids[index] ?? '';
          return (
            <li key={id}>
              <Button
                className="flex w-full gap-3 px-1 py-0.5 text-left data-[hovered]:bg-sunken"
                onPress={() => onOpen(id)}
              >
                <span className="w-24 shrink-0 text-meta text-muted">{data && fieldText(data, 'auditd.type')}</span>
                <span className="min-w-0 truncate font-mono text-record">
                  {data === undefined ? id : data.textHidden ? t('lineHidden') : data.message.replace(stamp, '')}
                </span>
              </Button>
            </li>
          );
        })}
      </ol>
      {ids.length > shownRecords && (
        <p className="text-meta text-muted">{t('moreRecords', { count: ids.length - shownRecords })}</p>
      )}
    </section>
  );
}
