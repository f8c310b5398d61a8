'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readSources } from '../api-client/sources.ts';
import { FirstRun } from '../explorer/first-run.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import { useZone } from '../time/use-zone.tsx';
import { isSilent } from './is-silent.ts';
import { SourcesTable } from './sources-table.tsx';

const refreshMilliseconds = 15_000;

export function SourcesPage() {
  const t = useTranslations('sources');
  const { zone } = useZone();
  const answer = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => readSources(signal),
    refetchInterval: (query) => (query.state.status === 'error' ? false : refreshMilliseconds),
  });
  const silent = answer.data?.filter((source) => isSilent(source, answer.dataUpdatedAt)).length ?? 0;
  return (
    <div className="p-4">
      <div className="mb-4 flex flex-wrap items-baseline gap-x-6">
        <h1 className="text-title font-medium">{t('title')}</h1>
        {answer.data && (
          <p role="status" className="text-muted">
            {t('count', { count: answer.data.length })}
            {silent > 0 && (
              <span className="ml-4 font-medium text-attention">{t('silentCount', { count: silent })}</span>
            )}
          </p>
        )}
      </div>
      {answer.isPending && <TableSkeleton />}
      {answer.isError && !answer.data && (
        <ErrorState what="sources" error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.data?.length === 0 && <FirstRun />}
      {answer.data && answer.data.length > 0 && (
        <SourcesTable sources={answer.data} zone={zone} readAt={answer.dataUpdatedAt} />
      )}
    </div>
  );
}
