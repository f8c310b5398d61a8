'use client';

import { useTranslations } from 'next-intl';
import { useDuration } from '../time/use-duration.ts';

/** Seconds in words, as exact as an estimate is: 約3分, 1分未満. */
export function useRemaining(): (seconds: number) => string {
  const t = useTranslations('restores');
  const duration = useDuration();
  return (seconds) => (seconds < 60 ? t('underMinute') : t('about', { duration: duration(seconds * 1_000) }));
}
