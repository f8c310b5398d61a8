'use client';

import { tenantRoles } from '@akashi/policy';
import { useTranslations } from 'next-intl';
import { useId } from 'react';
import { useRoleWord } from '../access/use-role-word.ts';
import { RowMenu, type RowAction } from '../forms/row-menu.tsx';
import { SelectField } from '../forms/select-field.tsx';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import type { TypedRule } from './typed-rules.ts';
import type { GroupNames } from './use-group-names.ts';

export type RuleStep = 'up' | 'down' | 'remove';

interface GroupRuleFieldProps {
  number: number;
  value: TypedRule;
  onChange: (value: TypedRule) => void;
  groups: GroupNames;
  /** What can be done to the rule as a whole; nothing to the only one. */
  steps: readonly RuleStep[];
  onStep: (step: RuleStep) => void;
  takesFocus: boolean;
}

const noRole = 'none';
/** An auditor's access needs an end, which no claim tells. */
const givenRoles = tenantRoles.filter((role) => role !== 'auditor');

/** Whoever has one of the values gets the role and enters the groups. */
export function GroupRuleField({ number, value, onChange, groups, steps, onStep, takesFocus }: GroupRuleFieldProps) {
  const t = useTranslations('identityProviders.form');
  const notes = useTranslations('roleNotes');
  const roleWord = useRoleWord();
  const titleId = useId();
  const actions: RowAction<RuleStep>[] = steps.map((id) => ({
    id,
    label: t(`steps.${id}`),
    danger: id === 'remove',
  }));
  return (
    <div role="group" aria-labelledby={titleId} className="grid gap-3 border-t border-line pt-3">
      <div className="flex min-h-6 items-center justify-between">
        <span id={titleId} className="font-medium">
          {t('rule', { number })}
        </span>
        {actions.length > 0 && <RowMenu label={t('stepsOf', { number })} actions={actions} onAction={onStep} />}
      </div>
      {/* oxlint-disable jsx-a11y/no-autofocus -- a rule is added to be filled in */}
      <TextField
        label={t('values')}
        description={t('valuesNote')}
        value={value.values}
        onChange={(values) => onChange({ ...value, values })}
        rows={2}
        monospace
        isRequired
        autoFocus={takesFocus}
      />
      {/* oxlint-enable jsx-a11y/no-autofocus */}
      <SelectField
        label={t('role')}
        options={[
          ...givenRoles.map((id) => ({ id, label: roleWord(id), description: notes(id) })),
          { id: noRole, label: t('noRole'), description: t('noRoleNote') },
        ]}
        value={value.role ?? noRole}
        onChange={(id) => onChange({ ...value, role: id === noRole ? null : id })}
      />
      <SeveralChoicesField
        label={t('groups')}
        description={t('groupsNote')}
        chosenLabel={t('groupsChosen')}
        options={groups.list.map(({ id, name, description }) => ({ id, label: name, description }))}
        value={value.groupIds}
        onChange={(groupIds) => onChange({ ...value, groupIds })}
        nameOf={groups.nameOf}
      />
    </div>
  );
}
