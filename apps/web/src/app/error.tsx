'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';

export default function PageError({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('states.crashed');
  return (
    <div role="alert" className="mx-auto max-w-[72ch] p-8">
      <h1 className="mb-2 text-title">{t('title')}</h1>
      <p className="mb-4">{t('text')}</p>
      <Button className="control" onPress={reset}>
        {t('retry')}
      </Button>
    </div>
  );
}
