'use client';

import { useTranslations } from 'next-intl';
import { BackLink } from '../frame/back-link.tsx';

export function BackToRuns() {
  const t = useTranslations('runs');
  return <BackLink href="/reports?tab=runs">{t('title')}</BackLink>;
}
