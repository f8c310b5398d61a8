'use client';

import { columnWords, flagWords, type FlagKind, type FlagRule } from '@akashi/report';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { HoursField } from '../areas/hours-field.tsx';
import { newHours } from '../areas/hours-text.ts';
import { CheckboxChoices, CheckboxField } from '../forms/checkbox-field.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { ConditionField } from '../query/condition-field.tsx';
import { figuresOf, flagKinds, isFigure, newRule, type Figure } from './editor-state.ts';
import { useInLanguage } from '../report-words/use-reports.ts';

interface FlagFieldsProps {
  value: readonly FlagRule[];
  onChange: (value: FlagRule[]) => void;
}

const mostRules = 20;

/** What of the rows a person must see: rules of a kind, each with its figures. */
export function FlagFields({ value, onChange }: FlagFieldsProps) {
  const t = useTranslations('reports.editor');
  const inLanguage = useInLanguage();
  const replace = (index: number, rule: FlagRule) => onChange(value.map((each, at) => (at === index ? rule : each)));
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-1 font-medium">{t('flags')}</legend>
      <p className="text-meta text-muted">{t('flagsNote')}</p>
      {value.map((rule, index) => (
        <div key={index} className="grid gap-3 border-l-2 border-line pl-4">
          <div className="grid items-end gap-3 sm:grid-cols-[18rem_minmax(0,1fr)_auto]">
            <SelectField
              label={t('flagKind', { number: index + 1 })}
              name={`flags.${index}`}
              options={flagKinds.map((id) => ({ id, label: inLanguage(flagWords[id]) }))}
              value={rule.kind}
              onChange={(kind: FlagKind) => replace(index, newRule(kind))}
            />
            <div className="flex flex-wrap gap-3">
              {figuresOf(rule).map(({ name, value: figure }) => (
                <FigureField
                  key={name}
                  name={name}
                  value={figure}
                  onChange={(next) => replace(index, { ...rule, [name]: next } as FlagRule)}
                />
              ))}
            </div>
            <Button
              className="control control-quiet"
              aria-label={t('removeFlag', { flag: inLanguage(flagWords[rule.kind]) })}
              onPress={() => onChange(value.filter((_, at) => at !== index))}
            >
              <X size={16} aria-hidden />
            </Button>
          </div>
          <RuleDetails rule={rule} name={`flags.${index}`} onChange={(next) => replace(index, next)} />
        </div>
      ))}
      <Button
        className="control justify-self-start"
        isDisabled={value.length >= mostRules}
        onPress={() => onChange([...value, newRule('outside-approval')])}
      >
        <Plus size={16} aria-hidden />
        {t('addFlag')}
      </Button>
    </fieldset>
  );
}

interface FigureFieldProps {
  name: Figure;
  value: number;
  onChange: (value: number) => void;
}

function FigureField({ name, value, onChange }: FigureFieldProps) {
  const t = useTranslations('reports.editor');
  return (
    <div className="w-28">
      <TextField
        label={t(`figures.${name}`)}
        type="number"
        inputMode="numeric"
        value={Number.isNaN(value) ? '' : String(value)}
        onChange={(text) => onChange(text === '' ? Number.NaN : Number(text))}
        error={isFigure(name, value) ? null : t('figureRange')}
        isRequired
      />
    </div>
  );
}

const together = ['person', 'user', 'origin', 'object', 'host'] as const;

/** What a rule has beside figures: columns, hours, a condition. */
function RuleDetails({ rule, name, onChange }: { rule: FlagRule; name: string; onChange: (rule: FlagRule) => void }) {
  const t = useTranslations('reports.editor');
  const inLanguage = useInLanguage();
  if (rule.kind === 'first-time') {
    return (
      <div className="[&_[role=group]]:sm:grid-flow-col [&_[role=group]]:sm:justify-start [&_[role=group]]:sm:gap-4">
        <CheckboxChoices
          label={t('together')}
          options={together.map((id) => ({ id, label: inLanguage(columnWords[id]) }))}
          value={rule.of}
          onChange={(of) => onChange({ ...rule, of: together.filter((id) => of.includes(id)) })}
          error={rule.of.length === 0 || rule.of.length > 3 ? t('togetherCount') : null}
        />
      </div>
    );
  }
  if (rule.kind === 'outside-hours') {
    return (
      <>
        <CheckboxField
          label={t('ownHours')}
          value={rule.hours !== undefined}
          onChange={(on) => onChange(on ? { kind: rule.kind, hours: newHours() } : { kind: rule.kind })}
        />
        {rule.hours !== undefined && (
          <HoursField
            name={`${name}.hours`}
            value={{ ...rule.hours, days: [...rule.hours.days] }}
            onChange={(hours) => onChange({ ...rule, hours })}
          />
        )}
      </>
    );
  }
  if (rule.kind === 'any') {
    return (
      <ConditionField
        name={`${name}.where`}
        label={t('where')}
        description={t('whereNote')}
        value={rule.where ?? ''}
        onChange={(where) => onChange({ kind: rule.kind, where })}
        isPeopleImpossible
      />
    );
  }
  return null;
}
