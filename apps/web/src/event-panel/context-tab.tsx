'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { EventRecord } from '../api-client/event.ts';
import { readContext } from '../api-client/search.ts';
import { ErrorState } from '../states/error-state.tsx';
import { formatClock, parseInstant } from '../time/format-instant.ts';

const sizes = [5, 20, 50];

interface ContextTabProps {
  id: string;
  /** Neighbours of restored sets as well. */
  restored: boolean;
  zone: string;
  onOpen: (id: string) => void;
}

/** The neighbours in the same log stream, whatever the search filters; the search itself stays as it is. */
export function ContextTab({ id, restored, zone, onOpen }: ContextTabProps) {
  const t = useTranslations('panel');
  const [count, setCount] = useState(5);
  const answer = useQuery({
    queryKey: ['context', id, restored, count],
    queryFn: ({ signal }) => readContext({ id, restored, count }, signal),
    staleTime: 60_000,
  });
  if (answer.isError) return <ErrorState what="context" error={answer.error} onRetry={() => void answer.refetch()} />;
  return (
    <>
      <div role="group" aria-label={t('contextSize')} className="mb-3 flex items-center gap-2">
        <span className="flex-1 text-meta text-muted">{t('contextNote')}</span>
        {sizes.map((size) => (
          <Button
            key={size}
            aria-pressed={size === count}
            className={`control control-small ${size === count ? 'bg-selection font-medium' : ''}`}
            onPress={() => setCount(size)}
          >
            {t('plusMinus', { count: size })}
          </Button>
        ))}
      </div>
      {answer.data?.offline && (answer.data.offline.before || answer.data.offline.after) && (
        <p className="mb-2 border-l-2 border-attention pl-3 text-meta">{t('contextOffline')}</p>
      )}
      {answer.data && (
        <ol className={answer.isFetching ? 'opacity-60' : ''}>
          {answer.data.before.map((event) => (
            <Neighbour key={event.id} event={event} zone={zone} onOpen={onOpen} />
          ))}
          <li aria-current="true" className="flex gap-3 bg-selection px-1 py-0.5 shadow-[inset_3px_0_0_var(--accent)]">
            <Line event={answer.data.event} zone={zone} />
          </li>
          {answer.data.after.map((event) => (
            <Neighbour key={event.id} event={event} zone={zone} onOpen={onOpen} />
          ))}
        </ol>
      )}
    </>
  );
}

function Neighbour({ event, zone, onOpen }: { event: EventRecord; zone: string; onOpen: (id: string) => void }) {
  return (
    <li>
      <Button
        className="flex w-full gap-3 px-1 py-0.5 text-left data-[hovered]:bg-sunken"
        onPress={() => onOpen(event.id)}
      >
        <Line event={event} zone={zone} />
      </Button>
    </li>
  );
}

function Line({ event, zone }: { event: EventRecord; zone: string }) {
  const t = useTranslations('panel');
  return (
    <>
      <span className="shrink-0 pt-px text-meta text-muted">
        {formatClock(parseInstant(event['@timestamp']), zone, 'millisecond')}
      </span>
      {event.textHidden ? (
        <span className="text-muted">{t('lineHidden')}</span>
      ) : (
        <span className="min-w-0 font-mono text-record break-all">{event.message}</span>
      )}
    </>
  );
}
