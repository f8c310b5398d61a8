'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { SearchScope } from '../api-client/search.ts';
import type { ExplorerState } from '../query/url-state.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { FailureNotice } from '../states/refresh-failed.tsx';
import { ArchiveProgress } from './archive-progress.tsx';
import { EventTable } from './event-table.tsx';
import { useArchiveSearch } from './use-archive-search.ts';

interface ArchiveResultsProps {
  scope: SearchScope | null;
  /** Another number is the same search anew. */
  run: number;
  state: ExplorerState;
  zone: string;
  onOpen: (id: string) => void;
  onActive: (id: string) => void;
  onAgain: () => void;
  onLeave: () => void;
}

const nothing = () => undefined;

/** The archive searched where it lies: how far it is, what was found, each hit marked, and the way back to the index. */
export default function ArchiveResults(props: ArchiveResultsProps) {
  const { scope, run, state, zone, onOpen, onActive, onAgain, onLeave } = props;
  const t = useTranslations('archiveSearch');
  const client = useQueryClient();
  const search = useArchiveSearch(scope, run);
  const [cursor, setCursor] = useState<string | null>(null);
  const { hits, error } = search;
  const show = (id: string) => {
    // The panel reads an event by its id: what was found here need not be read from the archive again.
    const hit = hits.find((each) => each.id === id);
    if (hit !== undefined) client.setQueryData(['event', id, state.restored], hit);
  };
  return (
    <section
      id="results"
      aria-label={t('title')}
      tabIndex={-1}
      className={`flex min-w-0 flex-1 flex-col outline-none ${state.event === null ? '' : 'max-md:hidden'}`}
    >
      <ArchiveProgress search={search} onAgain={onAgain} onLeave={onLeave} />
      {error !== null && (
        <div className="px-4 pt-2">
          <FailureNotice what="archiveSearch" error={error} onRetry={onAgain} />
        </div>
      )}
      {hits.length === 0 ? (
        !search.running && error === null && <EmptyState title={t('noneTitle')} text={t('noneText')} />
      ) : (
        <EventTable
          events={hits}
          total={hits.length}
          exact={!search.running}
          columns={state.cols}
          zone={zone}
          active={state.event ?? cursor}
          open={state.event !== null}
          jump={0}
          onScrolled={nothing}
          dimmed={false}
          more={false}
          onMore={nothing}
          onActive={(id) => {
            setCursor(id);
            if (state.event !== null) {
              show(id);
              onActive(id);
            }
          }}
          onOpen={(id) => {
            show(id);
            onOpen(id);
          }}
        />
      )}
      {search.more !== null && (
        <p className="border-t border-line px-4 py-1">
          <Button className="control control-small" onPress={search.more}>
            {t('more')}
          </Button>
        </p>
      )}
    </section>
  );
}
