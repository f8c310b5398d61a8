'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { placeOf, type EventRecord } from '../api-client/event.ts';
import { restoreAddress } from '../restores/restore-address.ts';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { parseInstant } from '../time/format-instant.ts';

const aroundMilliseconds = 43_200_000;

/** That an event is not of the index, and for one of the archive the offer to restore the day around it. */
export function KeptNote({ event }: { event: EventRecord }) {
  const t = useTranslations('panel');
  const mayRestore = mayDo(useSession(), 'logs.restore');
  const place = placeOf(event);
  if (place === 'online') return null;
  const received = parseInstant(event.receivedAt);
  return (
    <div role="note" className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-sunken px-4 py-2">
      <p className="min-w-0 flex-1 basis-60">{t(`places.${place}`)}</p>
      {place === 'archived' && mayRestore && (
        <Link
          className="control control-small"
          href={restoreAddress({
            logGroups: [event.logGroup],
            from: new Date(received - aroundMilliseconds).toISOString(),
            to: new Date(received + aroundMilliseconds).toISOString(),
          })}
        >
          {t('restoreAround')}
        </Link>
      )}
    </div>
  );
}
