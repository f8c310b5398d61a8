'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Button, ProgressBar } from 'react-aria-components';
import { mostBytes, mostHits } from '../api-client/archive-search.ts';
import { useBytes } from '../organisation/use-bytes.ts';
import { Moment } from '../time/moment.tsx';
import { shareRead } from './archive-state.ts';
import type { ArchiveSearch } from './use-archive-search.ts';

interface ArchiveProgressProps {
  search: ArchiveSearch;
  onAgain: () => void;
  onLeave: () => void;
}

/** What is being searched and how far it is; once it is over, why it ended. The bounds stand there from the start. */
export function ArchiveProgress({ search, onAgain, onLeave }: ArchiveProgressProps) {
  const t = useTranslations('archiveSearch');
  const format = useFormatter();
  const bytes = useBytes();
  const { running, progress, end } = search;
  const blocks = end ?? progress;
  return (
    <div className="grid gap-1 border-b border-line bg-sunken px-4 py-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="font-medium">{t('title')}</p>
        <p role="status" className="min-w-0 flex-1 basis-60">
          <span className="mr-3">{t('found', { count: search.hits.length })}</span>
          <Standing search={search} />
        </p>
        <span className="flex gap-2">
          {running ? (
            <Button className="control control-small" onPress={search.cancel}>
              {t('cancel')}
            </Button>
          ) : (
            <Button className="control control-small" onPress={onAgain}>
              {t('again')}
            </Button>
          )}
          <Button className="control control-small" onPress={onLeave}>
            {t('leave')}
          </Button>
        </span>
      </div>
      <ProgressBar
        aria-label={t('progress')}
        value={shareRead(search) * 100}
        isIndeterminate={running && progress === null}
        className="grid gap-1"
      >
        {({ percentage }) => (
          <>
            <span className="block h-1.5 overflow-hidden rounded-[3px] bg-line">
              <span className="block h-full bg-accent" style={{ width: `${percentage ?? 0}%` }} />
            </span>
            <span className="flex flex-wrap gap-x-4 text-meta text-muted">
              <span>
                {blocks !== null &&
                  t('blocks', { done: format.number(blocks.blocksDone), total: format.number(blocks.blocksTotal) })}
              </span>
              <span>
                {progress !== null &&
                  progress.reachedAt !== null &&
                  t.rich('reached', { at: () => <Moment at={progress.reachedAt} /> })}
              </span>
              <span>{t('bounds', { hits: mostHits, bytes: bytes(mostBytes) })}</span>
            </span>
          </>
        )}
      </ProgressBar>
    </div>
  );
}

function Standing({ search: { running, cancelled, end } }: { search: ArchiveSearch }) {
  const t = useTranslations('archiveSearch');
  if (running) return <span className="text-muted">{t('running')}</span>;
  if (cancelled) return <span className="text-attention">{t('cancelled')}</span>;
  if (end === null) return null;
  if (end.reason === 'failed') return <span className="font-medium text-bad">{end.detail ?? t('ends.failed')}</span>;
  return <span className={end.reason === 'all-read' ? 'text-muted' : 'text-attention'}>{t(`ends.${end.reason}`)}</span>;
}
