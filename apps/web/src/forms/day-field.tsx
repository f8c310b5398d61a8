'use client';

import { CalendarDays } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { Button, Input, Label, TextField as AriaTextField } from 'react-aria-components';
import { isDay } from '../time/days.ts';
import { FieldMistake } from './field-notes.tsx';

interface DayFieldProps {
  label: string;
  /** `2026-12-01`; empty where none is chosen. */
  value: string;
  /** Told of a day, and of an emptied field. */
  onChange: (day: string) => void;
}

/**
 * A day, written as the product writes days in every language: a browser's own date field goes by the language of the browser. The
 * browser's calendar is one press away.
 */
export function DayField({ label, value, onChange }: DayFieldProps) {
  const t = useTranslations('forms.day');
  const [typed, setTyped] = useState<{ text: string; of: string }>({ text: value, of: value });
  const calendar = useRef<HTMLInputElement>(null);
  // A day that came from elsewhere takes the place of what was typed.
  const text = typed.of === value ? typed.text : value;
  const take = (next: string) => {
    const isTaken = next === '' || isDay(next);
    setTyped({ text: next, of: isTaken ? next : value });
    if (isTaken && next !== value) onChange(next);
  };
  const isMistaken = text !== '' && !isDay(text) && text.length >= 10;
  return (
    <AriaTextField value={text} onChange={take} isInvalid={isMistaken} className="grid content-start gap-1">
      <Label>{label}</Label>
      <span className="relative flex w-40">
        <Input className="field w-full pr-8" placeholder="YYYY-MM-DD" inputMode="numeric" autoComplete="off" />
        <Button
          className="absolute inset-y-0 right-0 grid w-8 place-items-center rounded-[4px] text-muted data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-accent"
          aria-label={t('calendar', { label })}
          slot={null}
          onPress={() => calendar.current?.showPicker()}
        >
          <CalendarDays size={16} aria-hidden />
        </Button>
        <input
          ref={calendar}
          type="date"
          tabIndex={-1}
          aria-hidden
          className="pointer-events-none absolute bottom-0 left-0 size-px opacity-0"
          value={isDay(text) ? text : ''}
          onChange={({ target }) => take(target.value)}
        />
      </span>
      <FieldMistake text={isMistaken ? t('mistake') : undefined} />
    </AriaTextField>
  );
}
