'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import type { Search } from './use-search.ts';

/** The foot of the rows: that more are coming, or that they could not be fetched. Nothing is asked again by itself. */
export function MorePages({ search, onMore }: { search: Search; onMore: () => void }) {
  const t = useTranslations('results');
  const { rows } = search;
  if (rows.isFetchNextPageError) {
    const requestId = rows.error instanceof ApiProblem ? rows.error.requestId : null;
    return (
      <p role="alert" className="flex items-center gap-3 border-t border-line px-4 py-1 text-meta text-bad">
        {requestId === null ? t('moreFailed') : t('moreFailedWithId', { requestId })}
        <Button className="control control-small" onPress={onMore}>
          {t('retry')}
        </Button>
      </p>
    );
  }
  if (!rows.isFetchingNextPage) return null;
  return <p className="border-t border-line px-4 py-1 text-meta text-muted">{t('moreComing')}</p>;
}
