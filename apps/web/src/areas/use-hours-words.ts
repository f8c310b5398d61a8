'use client';

import type { WorkingHours } from '@akashi/report';
import { useTranslations } from 'next-intl';
import { dayRuns, minuteText } from './hours-text.ts';

type DayKey = '1' | '2' | '3' | '4' | '5' | '6' | '7';

/** Working hours in a few words: 月–金 08:00–20:00. */
export function useHoursWords(): (hours: WorkingHours) => string {
  const t = useTranslations('areas.hours');
  const dayWord = (day: number) => t(`shortDays.${String(day) as DayKey}`);
  return ({ days, fromMinute, untilMinute }) => {
    const shown = dayRuns(days)
      .map(([first, last]) => (first === last ? dayWord(first) : `${dayWord(first)}–${dayWord(last)}`))
      .join(t('separator'));
    const isNextDay = untilMinute <= fromMinute;
    return t(isNextDay ? 'untilNextDay' : 'within', {
      days: shown,
      from: minuteText(fromMinute),
      until: minuteText(untilMinute),
    });
  };
}
