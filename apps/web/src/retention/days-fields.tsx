'use client';

import { useTranslations } from 'next-intl';
import { CheckboxField } from '../forms/checkbox-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import type { TypedDays } from './days-effect.ts';

interface DaysFieldsProps {
  value: TypedDays;
  onChange: (value: TypedDays) => void;
}

/** Days online and days kept, or that records never expire. */
export function DaysFields({ value, onChange }: DaysFieldsProps) {
  const t = useTranslations('retention.fields');
  const set = (part: Partial<TypedDays>) => onChange({ ...value, ...part });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <TextField
        name="onlineDays"
        label={t('onlineDays')}
        description={t('onlineNote')}
        inputMode="numeric"
        value={value.onlineDays}
        onChange={(onlineDays) => set({ onlineDays })}
        isRequired
      />
      <div className="grid content-start gap-2">
        <TextField
          name="keptDays"
          label={t('keptDays')}
          description={t('keptNote')}
          inputMode="numeric"
          value={value.never ? '' : value.keptDays}
          onChange={(keptDays) => set({ keptDays })}
          isRequired={!value.never}
          isDisabled={value.never}
        />
        <CheckboxField label={t('never')} value={value.never} onChange={(never) => set({ never })} />
      </div>
    </div>
  );
}
