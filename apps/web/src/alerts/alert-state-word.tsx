'use client';

import { useTranslations } from 'next-intl';
import type { Alert } from '../api-client/alerts.ts';

/** How far its incident is; many alerts are looked at in the daily review only. */
export function AlertStateWord({ alert: { incident } }: { alert: Alert }) {
  const t = useTranslations('alerts.states');
  if (incident === null) return <span className="text-muted">{t('none')}</span>;
  return <span className={incident.state === 'open' ? 'text-bad' : ''}>{t(incident.state)}</span>;
}
