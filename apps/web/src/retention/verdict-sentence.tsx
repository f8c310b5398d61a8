'use client';

import { useTranslations } from 'next-intl';
import type { LogGroupKeeping, Retention } from '../api-client/retention.ts';

const mostNamed = 5;

/** The answer to the page's one question, before any table: do 90 and 365 days hold for every source in PCI scope? */
export function VerdictSentence({ retention }: { retention: Retention }) {
  const t = useTranslations('retention.sentence');
  const { state, floors } = retention;
  const inScope = retention.items.filter((group) => group.inScope);
  const of = (wanted: LogGroupKeeping['verdict']['state']) => inScope.filter(({ verdict }) => verdict.state === wanted);
  const named = state === 'broken' || state === 'unknown' ? of(state) : [];
  const days = { online: floors.onlineDays, kept: floors.keptDays };
  const color = state === 'broken' ? 'text-bad' : state === 'unknown' ? 'text-attention' : '';
  return (
    <section aria-label={t('label')} className="mb-6 max-w-[72ch]">
      <p role="status" className={`text-title font-medium ${color}`}>
        {t(inScope.length === 0 ? 'noScope' : state, { ...days, count: named.length || inScope.length })}
      </p>
      {state === 'young' && <p className="mt-1">{t('youngText', { ...days, count: of('young').length })}</p>}
      {named.length > 0 && (
        <p className="mt-1 font-mono text-record">
          {named
            .slice(0, mostNamed)
            .map(({ logGroup }) => logGroup)
            .join(', ')}
          {named.length > mostNamed && ' …'}
        </p>
      )}
      <p className="mt-1 text-meta text-muted">
        {t('counts', {
          scope: inScope.length,
          holds: of('holds').length,
          young: of('young').length,
          broken: of('broken').length,
          out: retention.items.length - inScope.length,
        })}
      </p>
      <p className="text-meta text-muted">{t('requirement')}</p>
    </section>
  );
}
