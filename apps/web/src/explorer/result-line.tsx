'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import type { Search } from './use-search.ts';

/** How many are shown of how many, and how long it took; while running, how long it has been and what it waits for. */
export function ResultLine({ search }: { search: Search }) {
  const t = useTranslations('results');
  const format = useFormatter();
  const elapsed = useElapsed(search.loading);
  if (search.loading) {
    const seconds = format.number(elapsed / 1000, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    return (
      <p role="status" className="text-meta text-muted">
        {elapsed < 150 ? ' ' : elapsed < 2000 ? t('running', { seconds }) : t('waiting', { seconds })}
      </p>
    );
  }
  if (search.cancelled) {
    return (
      <p role="status" className="text-meta text-attention">
        {t('cancelled')}
      </p>
    );
  }
  if (!search.first || search.rows.isError) return null;
  const { total, tookMs } = search.first;
  const counts = { shown: search.events.length, total: total.value, relation: total.relation };
  return (
    <p role="status" className="text-meta text-muted">
      <span className="text-body font-medium text-text">{t('count', counts)}</span>
      <span className="ml-3">{t('took', { seconds: format.number(tookMs / 1000, { maximumFractionDigits: 2 }) })}</span>
    </p>
  );
}

function useElapsed(running: boolean): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    if (!running) return;
    setElapsed(0);
    const start = performance.now();
    const timer = setInterval(() => setElapsed(performance.now() - start), 100);
    return () => clearInterval(timer);
  }, [running]);
  return elapsed;
}
