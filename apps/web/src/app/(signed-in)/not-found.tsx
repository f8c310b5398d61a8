'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Page } from '../../frame/page.tsx';

export default function NotFound() {
  const t = useTranslations('states.notFound');
  return (
    <Page title={t('title')}>
      <p className="mb-4 max-w-[72ch] text-muted">{t('text')}</p>
      <Link href="/" className="control">
        {t('back')}
      </Link>
    </Page>
  );
}
