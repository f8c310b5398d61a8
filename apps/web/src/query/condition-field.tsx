'use client';

import { namesPeople, parseQuery } from '@akashi/query';
import { useLocale, useTranslations } from 'next-intl';
import { TextField } from '../forms/text-field.tsx';
import { useSettled } from '../time/use-settled.ts';
import { guardCardNumbers } from './card-guard.ts';
import { explainMistake, findMistake } from './query-language.ts';

interface ConditionFieldProps {
  label: string;
  /** The API's name for it, so that a refusal finds it. */
  name?: string;
  description?: string;
  placeholder?: string;
  value: string;
  onChange: (value: string) => void;
  /** The form was sent: say at once what is wrong. */
  showMistakeNow?: boolean;
  /** Conditions that are asked before anybody is known cannot name people. */
  isPeopleImpossible?: boolean;
  isDisabled?: boolean;
}

/** A condition in the query language; checked as the explorer checks one, and never with a card number. */
export function ConditionField(props: ConditionFieldProps) {
  const { value, showMistakeNow = false, isPeopleImpossible = false, ...field } = props;
  const query = useTranslations('query');
  const locale = useLocale();
  const settled = useSettled(value, 500);
  const guard = guardCardNumbers(value);
  const mistake = !guard && (settled === value || showMistakeNow) ? findMistake(value) : null;
  const hasPeople = isPeopleImpossible && namesPeopleIn(value);
  return (
    <TextField
      {...field}
      value={value}
      rows={2}
      monospace
      error={
        guard
          ? query('cardNumber')
          : mistake
            ? explainMistake(mistake, locale)
            : hasPeople
              ? query('peopleImpossible')
              : null
      }
    />
  );
}

/** Whether a condition can be sent: read in whole, without a card number, and without people where there are none yet. */
export function isCondition(text: string, { isPeopleImpossible = false } = {}): boolean {
  if (guardCardNumbers(text) !== null || findMistake(text) !== null) return false;
  return !(isPeopleImpossible && namesPeopleIn(text));
}

function namesPeopleIn(text: string): boolean {
  const parsed = parseQuery(text);
  return parsed.ok && namesPeople(parsed.tree);
}
