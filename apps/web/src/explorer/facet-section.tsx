'use client';

import type { ChosenValues } from '@akashi/query';
import { useQuery } from '@tanstack/react-query';
import { Minus } from 'lucide-react';
import { useFormatter, useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, Input, SearchField } from 'react-aria-components';
import { countValues, type Facet, type SearchScope } from '../api-client/search.ts';
import { useSettled } from '../time/use-settled.ts';
import { mayAskForValues } from '../query/card-guard.ts';
import { facetRows } from './facet-rows.ts';
import type { FacetChoice } from './facets.tsx';
import { fieldLabel } from '../query/field-label.ts';
import { valueWord } from '../query/value-word.ts';

interface FacetSectionProps {
  facet: Facet;
  chosen: ChosenValues;
  search: { scope: SearchScope; act: string | undefined };
  onChoose: (choice: FacetChoice) => void;
}

/** As many as one answer brings: with fewer there is nothing to look for. */
const listed = 10;
const found = 20;
const restMilliseconds = 300;

export function FacetSection({ facet, chosen, search, onChoose }: FacetSectionProps) {
  const t = useTranslations('facets');
  const locale = useLocale();
  const [wanted, setWanted] = useState('');
  const asked = useSettled(wanted.trim(), restMilliseconds);
  const { scope, act } = search;
  const { field } = facet;
  const mayAsk = asked !== '' && mayAskForValues(asked);
  const answer = useQuery({
    queryKey: ['facet-values', scope, field, asked],
    enabled: mayAsk,
    queryFn: ({ signal }) => countValues({ ...scope, act, fields: [field], find: asked, size: found }, signal),
    staleTime: Infinity,
  });
  const label = fieldLabel(field, locale);
  const shown = mayAsk ? (answer.data?.[0] ?? { ...facet, values: [] }) : facet;
  const rows = facetRows(shown, chosen, asked);
  return (
    <details open className="border-b border-line py-1">
      <summary className="flex min-h-6 items-center gap-2 text-meta text-muted" title={field}>
        {label}
      </summary>
      {(facet.values.length >= listed || wanted !== '') && (
        <SearchField aria-label={t('find', { field: label })} value={wanted} onChange={setWanted} className="mb-1">
          <Input className="field !min-h-7 text-meta" placeholder={t('findExample')} autoComplete="off" />
        </SearchField>
      )}
      {mayAsk && answer.data && rows.length === 0 && <p className="text-meta text-muted">{t('noneFound')}</p>}
      <ul aria-label={label}>
        {rows.map((row) => (
          <FacetRow
            key={String(row.value)}
            {...row}
            text={valueWord(field, String(row.value), locale)}
            label={label}
            approximate={shown.approximate}
            onChoose={(how) => onChoose({ field, value: row.value, how })}
          />
        ))}
      </ul>
    </details>
  );
}

interface FacetRowProps {
  value: string | number | boolean;
  /** The value in the reader's words. */
  text: string;
  count: number | null;
  share: number;
  included: boolean;
  excluded: boolean;
  label: string;
  approximate: boolean;
  onChoose: (how: FacetChoice['how']) => void;
}

function FacetRow({ value, text, count, share, included, excluded, label, approximate, onChoose }: FacetRowProps) {
  const t = useTranslations('facets');
  const format = useFormatter();
  return (
    <li className="flex items-center">
      <label
        className="relative -ml-1 flex min-h-6 min-w-0 flex-1 items-center gap-1.5 rounded-[4px] px-1 text-meta hover:bg-selection"
        title={String(value)}
      >
        <input
          type="checkbox"
          checked={included}
          onChange={() => onChoose('toggle')}
          className="size-3.5 shrink-0 accent-[var(--accent)]"
        />
        <span aria-hidden className="absolute inset-x-1 bottom-0 h-px bg-line">
          <span className="block h-px bg-edge" style={{ width: `${share * 100}%` }} />
        </span>
        <span className={`min-w-0 flex-1 truncate ${excluded ? 'text-muted line-through' : ''}`}>{text}</span>
        <span className="text-muted">
          {approximate && count !== null && '≈'}
          {count === null ? '–' : format.number(count)}
        </span>
      </label>
      <Button
        className="min-h-6 shrink-0 rounded-[4px] px-1 text-meta text-accent data-[hovered]:bg-selection"
        aria-label={t('onlyOf', { field: label, value: text })}
        onPress={() => onChoose('only')}
      >
        {t('only')}
      </Button>
      <Button
        className={`flex size-6 shrink-0 items-center justify-center rounded-[4px] data-[hovered]:bg-selection ${excluded ? 'text-bad' : 'text-muted'}`}
        aria-label={t('exclude', { field: label, value: text })}
        aria-pressed={excluded}
        onPress={() => onChoose('exclude')}
      >
        <Minus size={12} aria-hidden />
      </Button>
    </li>
  );
}
