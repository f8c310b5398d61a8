'use client';

import { Lock } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** Neutral: neither what is here nor whether anything is. */
export function NotPermitted() {
  const t = useTranslations('states.notPermitted');
  return (
    <div className="max-w-[72ch] p-6">
      <h2 className="mb-2 flex items-center gap-2 text-body font-medium">
        <Lock size={16} aria-hidden />
        {t('title')}
      </h2>
      <p className="text-muted">{t('text')}</p>
    </div>
  );
}
