'use client';

import type { QueryError } from '@akashi/query';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { explainMistake } from '../query/query-language.ts';

/** A query in the address that cannot be read: where, why, and the nearest one that can. */
export function QueryMistake({
  query,
  mistake,
  onQuery,
}: {
  query: string;
  mistake: QueryError;
  onQuery: (query: string) => void;
}) {
  const t = useTranslations('mistake');
  const locale = useLocale();
  const end = mistake.position + Math.max(1, mistake.length);
  return (
    <div className="max-w-[72ch] p-6">
      <h2 className="mb-2 text-body font-medium">{t('title')}</h2>
      <p className="mb-2 border-l-2 border-bad bg-sunken px-3 py-2 font-mono text-record break-all">
        {query.slice(0, mistake.position)}
        <mark className="bg-transparent text-bad underline decoration-wavy underline-offset-4">
          {query.slice(mistake.position, end) || ' '}
        </mark>
        {query.slice(end)}
      </p>
      <p className="mb-4">{explainMistake(mistake, locale)}</p>
      {mistake.suggestion !== undefined && (
        <Button className="control" onPress={() => onQuery(mistake.suggestion ?? '')}>
          {t('use', { suggestion: mistake.suggestion })}
        </Button>
      )}
    </div>
  );
}
