'use client';

import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Button } from 'react-aria-components';
import { GroupRuleField, type RuleStep } from './group-rule-field.tsx';
import { lacksRole, withNewRule, withRuleMoved, type TypedRule } from './typed-rules.ts';
import type { GroupNames } from './use-group-names.ts';

interface GroupRulesFieldProps {
  value: readonly TypedRule[];
  onChange: (value: TypedRule[]) => void;
  groups: GroupNames;
}

const mostRules = 100;

/** What the provider's groups mean here, in the order in which it is tried. */
export function GroupRulesField({ value, onChange, groups }: GroupRulesFieldProps) {
  const t = useTranslations('identityProviders.form');
  const [newest, setNewest] = useState<number | null>(null);
  const [removals, setRemovals] = useState(0);
  const addButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The focus was in the rule that is gone.
    if (removals > 0) addButton.current?.focus();
  }, [removals]);
  const add = () => {
    const rules = withNewRule(value);
    setNewest(rules.at(-1)?.key ?? null);
    onChange(rules);
  };
  const take = (index: number, step: RuleStep) => {
    if (step === 'remove') {
      onChange(value.toSpliced(index, 1));
      setRemovals((count) => count + 1);
    } else onChange(withRuleMoved(value, index, step === 'up' ? index - 1 : index + 1));
  };
  const stepsOf = (index: number): RuleStep[] => [
    ...(index > 0 ? (['up'] as const) : []),
    ...(index < value.length - 1 ? (['down'] as const) : []),
    ...(value.length > 1 ? (['remove'] as const) : []),
  ];
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 font-medium">{t('rules')}</legend>
      <p className="text-meta text-muted">{t('rulesNote')}</p>
      {value.map((rule, index) => (
        <GroupRuleField
          key={rule.key}
          number={index + 1}
          value={rule}
          onChange={(next) => onChange(value.with(index, next))}
          groups={groups}
          steps={stepsOf(index)}
          onStep={(step) => take(index, step)}
          takesFocus={rule.key === newest}
        />
      ))}
      <div>
        <p role="status" className="text-attention not-empty:mb-3">
          {lacksRole(value) && t('lacksRole')}
        </p>
        <Button ref={addButton} className="control" onPress={add} isDisabled={value.length >= mostRules}>
          <Plus size={16} aria-hidden />
          {t('addRule')}
        </Button>
      </div>
    </fieldset>
  );
}
