'use client';

import { useTranslations } from 'next-intl';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import type { SourceNames } from './use-source-names.ts';

interface GrantSourcesFieldProps {
  names: SourceNames;
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Sources by name out of those that the reader knows of; ids and patterns of others as they are typed. */
export function GrantSourcesField({ names, value, onChange }: GrantSourcesFieldProps) {
  const t = useTranslations('access.grantForm');
  const kinds = useTranslations('sources.kinds');
  return (
    <SeveralChoicesField
      label={t('sources')}
      description={t('sourcesNote')}
      chosenLabel={t('sourcesChosen')}
      options={names.list.map(({ id, name, kind, streams }) => ({
        id,
        label: name,
        description: [kinds.has(kind as 'http') ? kinds(kind as 'http') : kind, ...streams.slice(0, 5)].join(' · '),
      }))}
      value={value}
      onChange={onChange}
      nameOf={names.nameOf}
      offerTyped={(typed) => t('sourceTyped', { typed })}
    />
  );
}
