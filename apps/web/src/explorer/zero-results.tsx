'use client';

import { mostRelaxed } from '@akashi/query';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { countRelaxed, type SearchScope } from '../api-client/search.ts';
import type { TimeRange } from '../time-range/time-range.ts';
import { chipsOf } from '../query/query-language.ts';

interface ZeroResultsProps {
  scope: SearchScope;
  query: string;
  onQuery: (query: string) => void;
  onRange: (range: TimeRange) => void;
  /** What was not looked at. */
  note?: ReactNode;
}

/** Nothing matches: what each condition takes away, and the steps that would find something. */
export function ZeroResults({ scope, query, onQuery, onRange, note }: ZeroResultsProps) {
  const t = useTranslations('zero');
  const locale = useLocale();
  const chips = chipsOf(query, locale).slice(0, mostRelaxed);
  const relaxed = useQuery({
    queryKey: ['relaxed', scope, query],
    queryFn: ({ signal }) => countRelaxed({ ...scope, query }, signal),
    enabled: chips.length > 0,
  });
  return (
    <div className="max-w-[72ch] p-6">
      <h2 className="mb-2 text-body font-medium">{t('title')}</h2>
      <p className="mb-4 text-muted">{chips.length > 0 ? t('text') : t('textWithoutQuery')}</p>
      <ul className="mb-4 grid gap-2">
        {chips.map((chip, index) => {
          const total = relaxed.data?.conditions[index]?.total;
          return (
            <li key={chip.text} className="flex flex-wrap items-center gap-3">
              <Button className="control min-w-0" onPress={() => onQuery(chip.removed)}>
                <span className="truncate">
                  {chip.negated ? t('withoutNot', { condition: chip.words }) : t('without', { condition: chip.words })}
                </span>
              </Button>
              <span className="text-meta text-muted">
                {total ? t('wouldFind', { count: total.value, relation: total.relation }) : ' '}
              </span>
            </li>
          );
        })}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button className="control" onPress={() => onRange({ kind: 'last', amount: 7, unit: 'd' })}>
          {t('week')}
        </Button>
        <Button className="control" onPress={() => onRange({ kind: 'last', amount: 30, unit: 'd' })}>
          {t('month')}
        </Button>
      </div>
      {note}
    </div>
  );
}
