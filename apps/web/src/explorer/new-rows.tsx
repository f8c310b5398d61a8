'use client';

import { ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Follow } from './use-follow.ts';

/** What has come while somebody reads: it waits here until they want it. */
export function NewRows({ follow }: { follow: Follow }) {
  const t = useTranslations('follow');
  return (
    <div role="status" className={follow.waiting === null ? '' : 'border-b border-line bg-sunken px-3 py-1'}>
      {follow.waiting !== null && (
        <Button className="control control-small" onPress={follow.showNew}>
          <ArrowUp size={12} aria-hidden />
          {t('new', { count: follow.waiting.count, more: follow.waiting.more ? 'yes' : 'no' })}
        </Button>
      )}
    </div>
  );
}
