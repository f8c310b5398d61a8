'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';

export function ServerUnreachable() {
  const t = useTranslations('states.unreachable');
  return (
    <main className="mx-auto max-w-[72ch] p-8">
      <h1 className="mb-2 text-title">{t('title')}</h1>
      <p className="mb-4">{t('text')}</p>
      <Button className="control" onPress={() => window.location.reload()}>
        {t('retry')}
      </Button>
    </main>
  );
}
