'use client';

import { X } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { chipsOf } from '../query/query-language.ts';

/** The conditions of the running query, each to be turned round or taken away. */
export function FilterChips({ query, onQuery }: { query: string; onQuery: (query: string) => void }) {
  const t = useTranslations('chips');
  const locale = useLocale();
  const chips = useMemo(() => chipsOf(query, locale), [query, locale]);
  if (chips.length === 0) return null;
  return (
    <ul aria-label={t('title')} className="flex min-w-0 flex-wrap gap-2">
      {chips.map(({ text, words, negated, removed, turned }) => (
        <li
          key={`${negated ? '-' : ''}${text}`}
          className="inline-flex max-w-full items-center rounded-[4px] border border-line bg-sunken text-meta"
        >
          <Button
            className="min-h-6 min-w-0 truncate rounded-[4px] px-2 data-[hovered]:bg-selection"
            onPress={() => onQuery(turned)}
          >
            {negated && <span className="mr-1 font-medium text-bad">{t('not')}</span>}
            <span>{words}</span>
            <span className="visually-hidden">{negated ? t('include') : t('exclude')}</span>
          </Button>
          <Button
            className="flex size-6 shrink-0 items-center justify-center rounded-[4px] text-muted data-[hovered]:bg-selection"
            aria-label={t('remove', { condition: words })}
            onPress={() => onQuery(removed)}
          >
            <X size={16} aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}
