'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { Alert } from '../api-client/alerts.ts';
import { SeverityWord } from '../rules/severity-word.tsx';
import { AlertKey } from '../rules/try-rule.tsx';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Moment } from '../time/moment.tsx';
import { AlertStateWord } from './alert-state-word.tsx';

/** Newest first, as the server gives them. */
export function AlertsTable({ alerts }: { alerts: readonly Alert[] }) {
  const t = useTranslations('alerts');
  const language = useLocale();
  return (
    <ScrollRegion label={t('title')} className="overflow-x-auto">
      <table className="plain-table min-w-[920px]" aria-label={t('title')}>
        <thead>
          <tr>
            <th scope="col">{t('columns.opened')}</th>
            <th scope="col">{t('columns.rule')}</th>
            <th scope="col">{t('columns.severity')}</th>
            <th scope="col">{t('columns.state')}</th>
            <th scope="col">{t('columns.key')}</th>
            <th scope="col" className="number">
              {t('columns.count')}
            </th>
            <th scope="col">{t('columns.places')}</th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.id}>
              <td>
                <Moment at={alert.openedAt} precision="second" />
              </td>
              <th scope="row">
                <Link href={`/alerts/${alert.id}`} className="text-accent underline underline-offset-2">
                  {alert.rule.title[language]}
                </Link>
              </th>
              <td>
                <SeverityWord severity={alert.severity} />
              </td>
              <td>
                <AlertStateWord alert={alert} />
              </td>
              <td>
                <AlertKey alertKey={alert.key} />
              </td>
              <td className="number">{alert.count}</td>
              <td>{placesText(alert)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function placesText({ places }: Alert): string {
  return [...new Set(places.map(({ logGroup }) => logGroup))].join(', ') || '–';
}
