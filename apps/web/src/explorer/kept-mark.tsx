'use client';

import { useTranslations } from 'next-intl';
import { placeOf, type EventRecord } from '../api-client/event.ts';

/** Where an event was read, as a word, when that is not the index. */
export function KeptMark({ event }: { event: EventRecord }) {
  const t = useTranslations('table');
  const place = placeOf(event);
  if (place === 'online') return null;
  return (
    <span className="mr-2 rounded-[4px] border border-edge px-1 font-sans text-meta text-muted">
      {t(`places.${place}`)}
    </span>
  );
}
