'use client';

import { useQueries } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { readAlertEvent, type Alert } from '../api-client/alerts.ts';
import { explorerAddress } from '../query/url-state.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Moment } from '../time/moment.tsx';

/** The first events of an alert, each as the reader may see it; each leads to the explorer with its proof. */
export function AlertEvents({ alert: { events, count } }: { alert: Alert }) {
  const t = useTranslations('alerts.events');
  const lines = useQueries({
    queries: events.map(({ id }) => ({
      queryKey: ['event', id, 'of-alert'],
      queryFn: ({ signal }: { signal: AbortSignal }) => readAlertEvent(id, signal),
      retry: false,
    })),
  });
  return (
    <section aria-label={t('title')} className="grid min-w-0 gap-2">
      <h2 className="font-medium">{t('title')}</h2>
      {events.length === 0 ? (
        <p className="text-muted">{t('none')}</p>
      ) : (
        <ScrollRegion label={t('title')} className="overflow-x-auto">
          <table className="plain-table min-w-[760px]">
            <thead>
              <tr>
                <th scope="col">{t('received')}</th>
                <th scope="col">{t('origin')}</th>
                <th scope="col">{t('line')}</th>
              </tr>
            </thead>
            <tbody>
              {events.map(({ id, logGroup, logStream }, index) => {
                const line = lines[index];
                return (
                  <tr key={id}>
                    <td>
                      <Link href={explorerAddress({ event: id })} className="text-accent underline underline-offset-2">
                        {line?.data === undefined ? t('open') : <Moment at={line.data.receivedAt} precision="second" />}
                      </Link>
                    </td>
                    <td>
                      {logGroup} / {logStream}
                    </td>
                    <td className="font-mono text-record">
                      {line?.data?.record ??
                        (line?.isError === true && <span className="font-sans text-muted">{t('notShown')}</span>)}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {events.length < count && events.length > 0 && (
        <p className="text-meta text-muted">{t('first', { shown: events.length })}</p>
      )}
    </section>
  );
}
