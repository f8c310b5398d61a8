'use client';

import { useTranslations } from 'next-intl';
import { TextField } from '../forms/text-field.tsx';

interface WordsFieldsProps {
  name: string;
  label: string;
  value: { ja: string; en: string };
  onChange: (value: { ja: string; en: string }) => void;
  maxLength?: number;
  rows?: number;
}

/** The same in both languages: documents are made in either. */
export function WordsFields({ name, label, value, onChange, maxLength = 120, rows }: WordsFieldsProps) {
  const t = useTranslations('reports.editor');
  return (['ja', 'en'] as const).map((language) => (
    <TextField
      key={language}
      name={`${name}.${language}`}
      label={t(`in.${language}`, { label })}
      value={value[language]}
      onChange={(text) => onChange({ ...value, [language]: text })}
      maxLength={maxLength}
      {...(rows === undefined ? {} : { rows })}
      isRequired
    />
  ));
}
