'use client';

import { Minus } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Facet } from '../api-client/search.ts';
import { fieldLabel } from './field-label.ts';

interface FacetsProps {
  facets: readonly Facet[];
  dimmed: boolean;
  onFilter: (field: string, value: string, negated: boolean) => void;
}

export function Facets({ facets, dimmed, onFilter }: FacetsProps) {
  const t = useTranslations('facets');
  const locale = useLocale();
  const format = useFormatter();
  const shown = facets.filter((facet) => facet.values.length > 0);
  return (
    <div className={dimmed ? 'opacity-60 transition-opacity delay-150 duration-100' : ''}>
      {shown.map((facet) => {
        const label = fieldLabel(facet.field, locale);
        const most = Math.max(1, ...facet.values.map((entry) => entry.count));
        return (
          <details key={facet.field} open className="border-b border-line py-1">
            <summary className="flex min-h-6 items-center gap-2 text-meta text-muted" title={facet.field}>
              {label}
            </summary>
            <ul aria-label={label}>
              {facet.values.map(({ value, count }) => {
                const text = String(value);
                return (
                  <li key={text} className="flex items-center">
                    <Button
                      className="relative -ml-1 flex min-h-6 min-w-0 flex-1 items-center justify-between gap-2 rounded-[4px] px-1 text-meta data-[hovered]:bg-selection"
                      onPress={() => onFilter(facet.field, text, false)}
                    >
                      <span aria-hidden className="absolute inset-x-1 bottom-0 h-px bg-line">
                        <span className="block h-px bg-edge" style={{ width: `${(count / most) * 100}%` }} />
                      </span>
                      <span className="min-w-0 flex-1 truncate text-left">{text}</span>
                      <span className="text-muted">
                        {facet.approximate && '≈'}
                        {format.number(count)}
                      </span>
                      <span className="visually-hidden">{t('include')}</span>
                    </Button>
                    <Button
                      className="flex size-6 shrink-0 items-center justify-center rounded-[4px] text-muted data-[hovered]:bg-selection"
                      aria-label={t('exclude', { field: label, value: text })}
                      onPress={() => onFilter(facet.field, text, true)}
                    >
                      <Minus size={12} aria-hidden />
                    </Button>
                  </li>
                );
              })}
            </ul>
          </details>
        );
      })}
    </div>
  );
}
