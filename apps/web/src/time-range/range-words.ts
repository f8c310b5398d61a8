import type { useTranslations } from 'next-intl';
import { formatInstant, zoneLabel } from '../time/format-instant.ts';
import type { EffectiveRange, TimeRange } from './time-range.ts';

type RangeWords = ReturnType<typeof useTranslations<'range'>>;

export function rangeWord(t: RangeWords, range: TimeRange): string {
  if (range.kind === 'last') return t(`last.${range.unit}`, { amount: range.amount });
  if (range.kind === 'calendar') return t(`calendar.${range.word}`);
  return t('absolute');
}

/** `2026-11-20 10:00 – 12:00 JST`: the day once, seconds only where they say something. */
export function effectiveText({ from, to }: EffectiveRange, zone: string): string {
  const precision = from % 60_000 === 0 && to % 60_000 === 0 ? 'minute' : 'second';
  const start = formatInstant(from, zone, precision);
  const end = formatInstant(to, zone, precision);
  const sameDay = start.slice(0, 10) === end.slice(0, 10);
  return `${start} – ${sameDay ? end.slice(11) : end} ${zoneLabel(zone, from)}`;
}
