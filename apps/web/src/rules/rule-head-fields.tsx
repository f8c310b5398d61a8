'use client';

import { classCatalogue, eventFields } from '@akashi/log-event';
import { useLocale, useTranslations } from 'next-intl';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import type { RuleDraft } from './rule-draft.ts';

export interface DraftFieldsProps {
  draft: RuleDraft;
  onChange: (change: Partial<RuleDraft>) => void;
}

const severities = ['low', 'medium', 'high', 'critical'] as const;
const incidents = ['usual', 'yes', 'no'] as const;

/** What every kind of rule has. */
export function RuleHeadFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations('rules.editor');
  const severityWords = useTranslations('rules.severities');
  return (
    <>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {(['ja', 'en'] as const).map((language) => (
          <TextField
            key={language}
            name={`rule.title.${language}`}
            label={t(`titles.${language}`)}
            value={draft.title[language]}
            onChange={(text) => onChange({ title: { ...draft.title, [language]: text } })}
            maxLength={200}
            isRequired
          />
        ))}
      </div>
      <TextField
        name="rule.description"
        label={t('description')}
        value={draft.description}
        onChange={(description) => onChange({ description })}
        rows={2}
        maxLength={4000}
      />
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <SelectField
          name="rule.severity"
          label={t('severity')}
          options={severities.map((id) => ({ id, label: severityWords(id) }))}
          value={draft.severity}
          onChange={(severity) => onChange({ severity })}
        />
        <SelectField
          name="rule.opensIncident"
          label={t('opensIncident')}
          options={incidents.map((id) => ({ id, label: t(`incidents.${id}`) }))}
          value={draft.opensIncident}
          onChange={(opensIncident) => onChange({ opensIncident })}
        />
        <TextField
          name="rule.quietSeconds"
          label={t('quietMinutes')}
          description={t('quietNote')}
          value={draft.quietMinutes}
          onChange={(quietMinutes) => onChange({ quietMinutes })}
          inputMode="numeric"
          isRequired
        />
      </div>
      <FieldsField
        name="rule.key"
        label={t('key')}
        description={t('keyNote')}
        value={draft.key}
        onChange={(key) => onChange({ key })}
      />
      <RequirementsField value={draft.requirements} onChange={(requirements) => onChange({ requirements })} />
    </>
  );
}

interface FieldsFieldProps {
  name: string;
  label: string;
  description: string;
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Catalogued fields by their names, and labels as they are typed. */
export function FieldsField(props: FieldsFieldProps) {
  const t = useTranslations('rules.editor');
  const language = useLocale();
  const options = Object.entries(eventFields)
    .filter(([, { type }]) => type !== 'text')
    .map(([id, { label }]) => ({ id, label: `${label[language]} (${id})` }));
  return (
    <SeveralChoicesField
      {...props}
      chosenLabel={props.label}
      options={options}
      nameOf={(id) => id}
      offerTyped={(typed) => t('useField', { name: typed })}
    />
  );
}

/** Requirements that the catalogue of classes knows, and any other as it is typed. */
function RequirementsField({ value, onChange }: { value: readonly string[]; onChange: (value: string[]) => void }) {
  const t = useTranslations('rules.editor');
  const known = new Set(Object.values(classCatalogue).map(({ requirement }) => requirement['4.0.1']));
  const options = [...known].toSorted().map((number) => ({ id: `pci:4.0.1:${number}`, label: number }));
  return (
    <SeveralChoicesField
      name="rule.requirements"
      label={t('requirements')}
      description={t('requirementsNote')}
      chosenLabel={t('requirements')}
      options={options}
      value={value}
      onChange={onChange}
      nameOf={(id) => id.split(':').at(-1) ?? id}
      offerTyped={(typed) => t('useField', { name: typed })}
    />
  );
}
