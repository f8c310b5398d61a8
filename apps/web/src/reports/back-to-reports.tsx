'use client';

import { useTranslations } from 'next-intl';
import { BackLink } from '../frame/back-link.tsx';

export function BackToReports() {
  const t = useTranslations('reports');
  return <BackLink href="/reports">{t('title')}</BackLink>;
}
