'use client';

import { ArrowUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { Follow } from './use-follow.ts';

/** What has come while somebody reads waits here until they want it, over the rows, so that none of them moves. */
export function NewRows({ follow }: { follow: Follow }) {
  const t = useTranslations('follow');
  return (
    <div role="status" className="relative z-20 h-0">
      {follow.waiting !== null && (
        <Button
          className="control control-small floating absolute top-9 left-1/2 -translate-x-1/2 whitespace-nowrap"
          onPress={follow.showNew}
        >
          <ArrowUp size={12} aria-hidden />
          {t('new', { count: follow.waiting.count, more: follow.waiting.more ? 'yes' : 'no' })}
        </Button>
      )}
    </div>
  );
}
