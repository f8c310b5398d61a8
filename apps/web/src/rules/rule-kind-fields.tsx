'use client';

import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { HoursField } from '../areas/hours-field.tsx';
import { newHours } from '../areas/hours-text.ts';
import { SelectField } from '../forms/select-field.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { ConditionField } from '../query/condition-field.tsx';
import { draftKinds } from './rule-draft.ts';
import { FieldsField, type DraftFieldsProps } from './rule-head-fields.tsx';

const mostSteps = 10;
const approvals = ['none', 'outside', 'not-inside'] as const;

/** What a kind of rule looks for. */
export function RuleKindFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations('rules.editor');
  const kinds = useTranslations('rules');
  const { kind } = draft;
  return (
    <>
      <SelectField
        name="rule.kind"
        label={t('kind')}
        options={draftKinds.map((id) => ({ id, label: kinds(`kinds.${id}`), description: t(`kindNotes.${id}`) }))}
        value={kind}
        onChange={(next) => onChange({ kind: next })}
        description={t(`kindNotes.${kind}`)}
      />
      {kind !== 'sequence' && kind !== 'absence' && (
        <ConditionField
          name="rule.where"
          label={t('where')}
          description={t('whereNote')}
          value={draft.where}
          onChange={(where) => onChange({ where })}
          isPeopleImpossible
        />
      )}
      {kind === 'threshold' && <ThresholdFields draft={draft} onChange={onChange} />}
      {kind === 'sequence' && <StepFields draft={draft} onChange={onChange} />}
      {kind === 'absence' && (
        <>
          <ConditionField
            name="rule.expected"
            label={t('expected')}
            value={draft.expected}
            onChange={(expected) => onChange({ expected })}
            isPeopleImpossible
          />
          <ConditionField
            name="rule.after"
            label={t('after')}
            description={t('afterNote')}
            value={draft.after}
            onChange={(after) => onChange({ after })}
            isPeopleImpossible
          />
        </>
      )}
      {(kind === 'sequence' || kind === 'absence') && (
        <TextField
          name="rule.withinSeconds"
          label={t('withinMinutes')}
          value={draft.minutes}
          onChange={(minutes) => onChange({ minutes })}
          inputMode="numeric"
          isRequired
        />
      )}
      {kind === 'first-seen' && (
        <>
          <FieldsField
            name="rule.fields"
            label={t('fields')}
            description={t('fieldsNote')}
            value={draft.fields}
            onChange={(fields) => onChange({ fields })}
          />
          <TextField
            name="rule.learningDays"
            label={t('learningDays')}
            description={t('learningNote')}
            value={draft.learningDays}
            onChange={(learningDays) => onChange({ learningDays })}
            inputMode="numeric"
            isRequired
          />
        </>
      )}
      {kind === 'outside' && <OutsideFields draft={draft} onChange={onChange} />}
    </>
  );
}

function ThresholdFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations('rules.editor');
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      <TextField
        name="rule.count"
        label={t('count')}
        value={draft.count}
        onChange={(count) => onChange({ count })}
        inputMode="numeric"
        isRequired
      />
      <TextField
        name="rule.windowSeconds"
        label={t('windowMinutes')}
        value={draft.minutes}
        onChange={(minutes) => onChange({ minutes })}
        inputMode="numeric"
        isRequired
      />
      <TextField
        name="rule.distinct"
        label={t('distinct')}
        description={t('distinctNote')}
        value={draft.distinct}
        onChange={(distinct) => onChange({ distinct })}
        monospace
      />
    </div>
  );
}

function StepFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations('rules.editor');
  const { steps } = draft;
  const change = (at: number, text: string) =>
    onChange({ steps: steps.map((step, index) => (index === at ? text : step)) });
  return (
    <div className="grid gap-3">
      {steps.map((step, index) => (
        // Steps have no other name than their place.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          <ConditionField
            name={`rule.steps.${index}.where`}
            label={t('step', { number: index + 1 })}
            value={step}
            onChange={(text) => change(index, text)}
            isPeopleImpossible
          />
          <Button
            className="control control-quiet control-small mt-6"
            aria-label={t('removeStep', { number: index + 1 })}
            isDisabled={steps.length <= 2}
            onPress={() => onChange({ steps: steps.filter((_, at) => at !== index) })}
          >
            <X size={16} aria-hidden />
          </Button>
        </div>
      ))}
      <div>
        <Button
          className="control"
          isDisabled={steps.length >= mostSteps}
          onPress={() => onChange({ steps: [...steps, ''] })}
        >
          <Plus size={16} aria-hidden />
          {t('addStep')}
        </Button>
      </div>
    </div>
  );
}

function OutsideFields({ draft, onChange }: DraftFieldsProps) {
  const t = useTranslations('rules.editor');
  return (
    <>
      <SwitchField
        label={t('hours')}
        value={draft.hours !== null}
        onChange={(isOn) => onChange({ hours: isOn ? newHours() : null })}
      />
      {draft.hours !== null && (
        <HoursField name="rule.hours" value={draft.hours} onChange={(hours) => onChange({ hours })} />
      )}
      <SelectField
        name="rule.approval"
        label={t('approval')}
        description={t('approvalNote')}
        options={approvals.map((id) => ({ id, label: t(`approvals.${id}`) }))}
        value={draft.approval}
        onChange={(approval) => onChange({ approval })}
      />
    </>
  );
}
