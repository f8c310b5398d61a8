'use client';

import { useTranslations } from 'next-intl';
import type { RuleDetail } from '../api-client/rules.ts';
import { ScrollRegion } from '../states/scroll-region.tsx';
import { Moment } from '../time/moment.tsx';

/** When each version decided, by people's acts and by entries of the log (PCI DSS 10.4.1.1). */
export function RuleHistory({ rule }: { rule: RuleDetail }) {
  const t = useTranslations('rules.history');
  return (
    <section aria-label={t('title')} className="grid min-w-0 gap-3">
      <h2 className="border-b border-line pb-1 font-medium">{t('title')}</h2>
      {rule.periods.length === 0 ? (
        <p className="text-muted">{t('never')}</p>
      ) : (
        <ScrollRegion label={t('title')} className="overflow-x-auto">
          <table className="plain-table min-w-[720px]">
            <thead>
              <tr>
                {(['version', 'begun', 'ended', 'entries'] as const).map((column) => (
                  <th key={column} scope="col">
                    {t(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rule.periods.map((period) => (
                <tr key={`${period.version} ${period.begunAt}`}>
                  <td>{period.version}</td>
                  <td>
                    <Moment at={period.begunAt} /> {period.begunBy}
                    {period.beginReason !== null && <span className="block text-meta">{period.beginReason}</span>}
                  </td>
                  <td>
                    {period.endedAt === null ? (
                      t('goesOn')
                    ) : (
                      <>
                        <Moment at={period.endedAt} /> {period.endedBy}
                        {period.endReason !== null && <span className="block text-meta">{period.endReason}</span>}
                      </>
                    )}
                  </td>
                  <td>
                    {period.firstEntry === null
                      ? t('nothingYet')
                      : period.lastEntry === null
                        ? t('from', { first: period.firstEntry })
                        : period.lastEntry < period.firstEntry
                          ? t('nothing')
                          : t('fromTo', { first: period.firstEntry, last: period.lastEntry })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
      {rule.versions.map(({ version, madeAt, madeBy, source }) => (
        <details key={version} open={version === rule.version}>
          <summary className="min-h-6">
            {t('saved', { version })} <Moment at={madeAt} /> {madeBy}
          </summary>
          <ScrollRegion label={t('source', { version })} className="mt-1 max-h-96 overflow-auto bg-sunken p-3">
            <pre className="font-mono text-record">{source}</pre>
          </ScrollRegion>
        </details>
      ))}
    </section>
  );
}
