'use client';

import { ChevronLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import Link from 'next/link';

export function BackToReports() {
  const t = useTranslations('reports');
  return (
    <p className="-mt-2 mb-3 print:hidden">
      <Link
        href="/reports"
        className="inline-flex min-h-6 items-center gap-1 text-accent underline-offset-2 hover:underline"
      >
        <ChevronLeft size={16} aria-hidden />
        {t('title')}
      </Link>
    </p>
  );
}
