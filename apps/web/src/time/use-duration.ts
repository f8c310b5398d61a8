'use client';

import { useTranslations } from 'next-intl';
import { durationParts } from './duration-parts.ts';

/** Words for a length of time in milliseconds, in its two largest units: 11時間51分, 11 hours 51 minutes. */
export function useDuration(): (milliseconds: number) => string {
  const t = useTranslations('time');
  return (milliseconds) => t('duration', { ...durationParts(milliseconds) }).trim();
}
