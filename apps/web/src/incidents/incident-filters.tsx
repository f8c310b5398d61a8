'use client';

import { incidentKinds, isIncidentKind } from '@akashi/policy';
import { useTranslations } from 'next-intl';
import { Radio, RadioGroup } from 'react-aria-components';
import { SelectField } from '../forms/select-field.tsx';
import { useIncidentWords } from './use-incident-words.ts';

export const shownStates = ['open', 'closed', 'all'] as const;
type ShownState = (typeof shownStates)[number];

interface IncidentFiltersProps {
  state: ShownState;
  kind: string | null;
  onChange: (change: { state?: ShownState; kind?: string | null }) => void;
}

/** Stands for every kind: a select has no empty choice. */
const everyKind = 'every';

export function IncidentFilters({ state, kind, onChange }: IncidentFiltersProps) {
  const t = useTranslations('incidents');
  const words = useIncidentWords();
  const kinds = [
    { id: everyKind, label: t('everyKind') },
    ...incidentKinds.map((id) => ({ id: id as string, label: words.kind(id) })),
  ];
  return (
    <div className="flex flex-wrap items-end gap-4 print:hidden">
      <RadioGroup
        aria-label={t('columns.state')}
        orientation="horizontal"
        value={state}
        onChange={(chosen) => onChange({ state: chosen as ShownState })}
        className="flex overflow-hidden rounded-[4px] border border-edge"
      >
        {shownStates.map((each) => (
          <Radio
            key={each}
            value={each}
            className="flex min-h-[30px] cursor-default items-center border-edge px-3 not-first:border-l data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-accent data-[hovered]:bg-sunken data-[selected]:bg-selection data-[selected]:font-medium"
          >
            {t(`shown.${each}`)}
          </Radio>
        ))}
      </RadioGroup>
      <div className="min-w-56">
        <SelectField
          label={t('columns.kind')}
          options={kinds}
          value={kind !== null && isIncidentKind(kind) ? kind : everyKind}
          onChange={(chosen) => onChange({ kind: chosen === everyKind ? null : chosen })}
        />
      </div>
    </div>
  );
}
