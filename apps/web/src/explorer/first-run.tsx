'use client';

import { useTranslations } from 'next-intl';
import { CommandLine } from '../states/command-line.tsx';

/** Before the first event: what will be here, and the one thing to do now. */
export function FirstRun() {
  const t = useTranslations('firstRun');
  const { hostname: host, port } = window.location;
  // The other ports stand at fixed distances from this page's.
  const portBase = Number(port) || 3000;
  const curl = [
    `curl http://${host}:${portBase + 2}/v1/log-groups/test/log-streams/first/records \\`,
    `  -H "Authorization: Bearer $INGEST_KEY" -H "Content-Type: text/plain" \\`,
    `  --data-binary "hello from $(hostname)"`,
  ].join('\n');
  return (
    <div className="max-w-[80ch] overflow-auto p-6">
      <h2 className="mb-2 text-title">{t('title')}</h2>
      <p className="mb-4">{t('text')}</p>
      <h3 className="mb-1 font-medium">{t('http')}</h3>
      <CommandLine label={t('http')} command={curl} />
      <h3 className="mt-4 mb-1 font-medium">{t('syslog')}</h3>
      <CommandLine label={t('syslog')} command={`logger -n ${host} -P ${portBase + 14} -d --rfc5424 "hello"`} />
      <p className="mt-4 text-meta text-muted">{t('then')}</p>
    </div>
  );
}
