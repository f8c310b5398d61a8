'use client';

import { useTranslations } from 'next-intl';

/** What a person must see has the only strong colour. */
export function Flagged({ count }: { count: number }) {
  const t = useTranslations('reports');
  return (
    <span className={`whitespace-nowrap ${count > 0 ? 'font-medium text-bad' : 'text-muted'}`}>
      {t('count', { count })}
    </span>
  );
}
