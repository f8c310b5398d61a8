'use client';

import { classCatalogue, eventClasses, type EventClass } from '@akashi/log-event';
import { useLocale, useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import type { KeysPart } from './editor-part.ts';
import { splitValues, withRules, type Condition, type Rule } from './editor-state.ts';

const outcomes = ['success', 'failure'] as const;
const unsaid = '-';

/** What an event is: its action, its outcome and its classes, by the values of its keys. */
export function RulesFields(part: KeysPart) {
  const { definition, onChange, keys, problemAt } = part;
  const t = useTranslations('formats');
  const rules = definition.rules ?? [];
  const put = (index: number, rule: Rule) => onChange(withRules(definition, rules.with(index, rule)));
  return (
    <section aria-label={t('steps.rules')} className="grid gap-3">
      <h3 className="font-medium">{t('steps.rules')}</h3>
      <p className="max-w-[72ch] text-muted">{t('rulesNote')}</p>
      <ol className="grid gap-4">
        {rules.map((rule, index) => (
          <li key={index} className="grid gap-3 border-l-2 border-edge pl-3">
            <RuleFields
              rule={rule}
              keys={keys.map(({ key }) => key)}
              onChange={(next) => put(index, next)}
              error={problemAt(`rules.${index}`)}
            />
            <div>
              <Button
                className="control control-small"
                aria-label={t('removeRule', { number: index + 1 })}
                onPress={() => onChange(withRules(definition, rules.toSpliced(index, 1)))}
              >
                {t('remove')}
              </Button>
            </div>
          </li>
        ))}
      </ol>
      <div>
        <Button className="control" onPress={() => onChange(withRules(definition, [...rules, { when: [] }]))}>
          {t('addRule')}
        </Button>
      </div>
    </section>
  );
}

interface RuleFieldsProps {
  rule: Rule;
  keys: readonly string[];
  onChange: (rule: Rule) => void;
  error: string | undefined;
}

function RuleFields({ rule, keys, onChange, error }: RuleFieldsProps) {
  const t = useTranslations('formats');
  const locale = useLocale();
  const [condition] = rule.when;
  const set = (field: string, value: string) => {
    const { [field]: _former, ...others } = rule.set ?? {};
    const values = value === '' ? others : { ...others, [field]: value };
    const { set: _set, ...rest } = rule;
    onChange(Object.keys(values).length === 0 ? rest : { ...rest, set: values });
  };
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
      <SelectField
        label={t('ifKey')}
        options={[
          { id: unsaid, label: t('always') },
          ...[...new Set([...keys, ...(condition === undefined ? [] : [condition.key])])].map((id) => ({
            id,
            label: id,
          })),
        ]}
        value={condition?.key ?? unsaid}
        onChange={(key) => onChange({ ...rule, when: key === unsaid ? [] : [{ ...condition, key }] })}
        error={error}
      />
      {condition !== undefined && (
        <TextField
          label={t('isOneOf')}
          description={t('isOneOfNote')}
          defaultValue={(condition.is ?? []).join(', ')}
          onChange={(text) => {
            const { is: _former, ...rest } = condition;
            const values = splitValues(text);
            const next: Condition = values.length === 0 ? rest : { ...rest, is: values };
            onChange({ ...rule, when: [next] });
          }}
          autoComplete="off"
        />
      )}
      <TextField
        label={t('setAction')}
        description={t('setActionNote')}
        value={rule.set?.['event.action'] ?? ''}
        onChange={(value) => set('event.action', value)}
        monospace
        autoComplete="off"
        maxLength={128}
      />
      <SelectField
        label={t('setOutcome')}
        options={[{ id: unsaid, label: t('unsaid') }, ...outcomes.map((id) => ({ id, label: t(`outcomes.${id}`) }))]}
        value={rule.set?.['event.outcome'] ?? unsaid}
        onChange={(id) => set('event.outcome', id === unsaid ? '' : id)}
      />
      <SeveralChoicesField
        label={t('setClasses')}
        description={t('setClassesNote')}
        chosenLabel={t('classesChosen')}
        options={eventClasses.map((id) => ({
          id,
          label: `${classCatalogue[id].word[locale]} (${classCatalogue[id].requirement['4.0.1']})`,
        }))}
        nameOf={(id) => classCatalogue[id as EventClass].word[locale]}
        value={rule.classes ?? []}
        onChange={(classes) => {
          const { classes: _former, ...rest } = rule;
          onChange(classes.length === 0 ? rest : { ...rest, classes: classes as EventClass[] });
        }}
      />
    </div>
  );
}
