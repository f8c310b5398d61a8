'use client';

import { chosenValues, parseQuery } from '@akashi/query';
import { useMemo } from 'react';
import type { Facet, SearchScope } from '../api-client/search.ts';
import { FacetSection } from './facet-section.tsx';

interface FacetsProps {
  facets: readonly Facet[];
  query: string;
  /** The search that they belong to: looking for a value is a part of it. */
  scope: SearchScope;
  act: string | undefined;
  dimmed: boolean;
  onChoose: (choice: FacetChoice) => void;
}

export interface FacetChoice {
  field: string;
  value: string | number | boolean;
  /** One more or one less of the alternatives, this one alone, or left out and back in. */
  how: 'toggle' | 'only' | 'exclude';
}

/** Values with their counts, field by field: alternatives inside a field, and all fields together narrow the search. */
export function Facets({ facets, query, scope, act, dimmed, onChoose }: FacetsProps) {
  const parsed = useMemo(() => parseQuery(query), [query]);
  return (
    <div className={dimmed ? 'opacity-60 transition-opacity delay-150 duration-100' : ''}>
      {facets.map((facet) => {
        const chosen = parsed.ok ? chosenValues(parsed.tree, facet.field) : { included: [], excluded: [] };
        if (facet.values.length === 0 && chosen.included.length + chosen.excluded.length === 0) return null;
        return (
          <FacetSection key={facet.field} facet={facet} chosen={chosen} search={{ scope, act }} onChoose={onChoose} />
        );
      })}
    </div>
  );
}
