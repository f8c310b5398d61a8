'use client';

import { eventFields } from '@akashi/log-event';
import { useLocale, useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { fieldLabel } from '../query/field-label.ts';
import { SeveralChoicesField } from '../forms/several-choices-field.tsx';

interface HiddenFieldsFieldProps {
  value: readonly string[];
  onChange: (value: string[]) => void;
}

/** Fields out of the catalogue. */
export function HiddenFieldsField({ value, onChange }: HiddenFieldsFieldProps) {
  const t = useTranslations('access.grantForm');
  const locale = useLocale();
  const options = useMemo(
    () => [
      { id: 'labels', label: `${t('allLabels')} (labels)` },
      ...Object.keys(eventFields).map((id) => ({ id, label: `${fieldLabel(id, locale)} (${id})` })),
    ],
    [locale, t],
  );
  return (
    <SeveralChoicesField
      label={t('hiddenFields')}
      description={t('hiddenFieldsNote')}
      chosenLabel={t('hiddenChosen')}
      consequence={t('hiddenConsequence')}
      options={options}
      value={value}
      onChange={onChange}
      nameOf={(id) => (id === 'labels' ? t('allLabels') : fieldLabel(id, locale))}
    />
  );
}
