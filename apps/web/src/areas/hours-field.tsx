'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckboxChoices } from '../forms/checkbox-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { minuteText, readMinute, type Hours } from './hours-text.ts';

interface HoursFieldProps {
  /** The API's name for it: `hours`. */
  name: string;
  value: Hours;
  onChange: (value: Hours) => void;
  isDisabled?: boolean;
}

const dayIds = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** Days of the week and a time from and until; an end that is earlier than the beginning is on the next day. */
export function HoursField({ name, value, onChange, isDisabled = false }: HoursFieldProps) {
  const t = useTranslations('areas.hours');
  return (
    <div className="grid gap-3">
      <div className="[&_[role=group]]:sm:grid-flow-col [&_[role=group]]:sm:justify-start [&_[role=group]]:sm:gap-4">
        <CheckboxChoices
          name={`${name}.days`}
          label={t('days')}
          options={dayIds.map((id) => ({ id, label: t(`shortDays.${id}`) }))}
          value={dayIds.filter((id) => value.days.includes(Number(id)))}
          onChange={(chosen) => onChange({ ...value, days: chosen.map(Number).toSorted((a, b) => a - b) })}
          error={value.days.length === 0 ? t('daysNeeded') : null}
          isDisabled={isDisabled}
        />
      </div>
      <div className="grid grid-cols-2 gap-4 sm:max-w-80">
        <MinuteField
          name={`${name}.fromMinute`}
          label={t('from')}
          value={value.fromMinute}
          onChange={(fromMinute) => onChange({ ...value, fromMinute })}
          isDisabled={isDisabled}
        />
        <MinuteField
          name={`${name}.untilMinute`}
          label={t('until')}
          value={value.untilMinute}
          onChange={(untilMinute) => onChange({ ...value, untilMinute })}
          isDisabled={isDisabled}
        />
      </div>
    </div>
  );
}

interface MinuteFieldProps {
  name: string;
  label: string;
  /** Minutes after midnight. */
  value: number;
  onChange: (value: number) => void;
  description?: string;
  isDisabled?: boolean;
}

/** A time of day on the organisation's clock. What is typed holds as soon as it is a time. */
export function MinuteField({ value, onChange, ...field }: MinuteFieldProps) {
  const t = useTranslations('areas.hours');
  const [typed, setTyped] = useState(minuteText(value));
  const minute = readMinute(typed);
  return (
    <TextField
      {...field}
      value={typed}
      onChange={(text) => {
        setTyped(text);
        const read = readMinute(text);
        if (read !== null) onChange(read);
      }}
      placeholder="08:00"
      maxLength={5}
      inputMode="numeric"
      isRequired
      error={minute === null ? t('timeForm') : null}
    />
  );
}
