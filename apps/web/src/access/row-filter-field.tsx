'use client';

import { useLocale, useTranslations } from 'next-intl';
import { guardCardNumbers } from '../query/card-guard.ts';
import { explainMistake, findMistake } from '../query/query-language.ts';
import { TextField } from '../forms/text-field.tsx';
import { useSettled } from '../time/use-settled.ts';

interface RowFilterFieldProps {
  value: string;
  onChange: (value: string) => void;
  /** The form was sent: say at once what is wrong. */
  showMistakeNow: boolean;
}

/** A query that every event of the grant must match; checked as the explorer checks one, and never with a card number. */
export function RowFilterField({ value, onChange, showMistakeNow }: RowFilterFieldProps) {
  const t = useTranslations('access.grantForm');
  const query = useTranslations('query');
  const locale = useLocale();
  const settled = useSettled(value, 500);
  const guard = guardCardNumbers(value);
  const mistake = !guard && (settled === value || showMistakeNow) ? findMistake(value) : null;
  return (
    <TextField
      label={t('rowFilter')}
      description={t('rowFilterNote')}
      value={value}
      onChange={onChange}
      placeholder="host.name:web* NOT user.name:root"
      rows={2}
      monospace
      error={guard ? query('cardNumber') : mistake ? explainMistake(mistake, locale) : null}
    />
  );
}
