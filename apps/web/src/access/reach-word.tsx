'use client';

import { useTranslations } from 'next-intl';

export function ReachWord({ reach }: { reach: 'part' | 'all' }) {
  const t = useTranslations('access.reach');
  return <span className="whitespace-nowrap">{t(reach)}</span>;
}
