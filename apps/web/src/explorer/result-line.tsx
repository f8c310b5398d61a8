'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SealUsual } from '../seal/seal-usual.tsx';
import type { Search } from './use-search.ts';

/** A quick answer is not announced; a slow one says what it waits for. */
const silentMilliseconds = 150;
const patienceMilliseconds = 2000;

/** How many are shown of how many, and how long it took; while running, how long it has been and what it waits for. */
export function ResultLine({ search }: { search: Search }) {
  const t = useTranslations('results');
  const format = useFormatter();
  if (search.loading) return <Running />;
  if (search.cancelled) {
    return (
      <p role="status" className="text-meta text-attention">
        {t('cancelled')}
      </p>
    );
  }
  if (!search.first || (search.rows.isError && search.events.length === 0)) return null;
  const { total, tookMs } = search.first;
  const counts = { shown: search.events.length, total: total.value, relation: total.relation };
  return (
    <p role="status" className="text-meta text-muted">
      <span className="text-body font-medium text-text">{t('count', counts)}</span>{' '}
      <span className="ml-2">{t('took', { seconds: format.number(tookMs / 1000, { maximumFractionDigits: 2 }) })}</span>
      <SealUsual />
    </p>
  );
}

function Running() {
  const t = useTranslations('results');
  const format = useFormatter();
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const start = performance.now();
    const timer = setInterval(() => setElapsed(performance.now() - start), 100);
    return () => clearInterval(timer);
  }, []);
  const seconds = format.number(elapsed / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return (
    <p role="status" className="text-meta text-muted">
      {elapsed < silentMilliseconds
        ? ''
        : elapsed < patienceMilliseconds
          ? t('running', { seconds })
          : t('waiting', { seconds })}
    </p>
  );
}
