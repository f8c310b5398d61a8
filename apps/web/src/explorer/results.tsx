'use client';

import { ownLogGroupPrefix } from '@akashi/policy';
import type { QueryError } from '@akashi/query';
import { useCallback, useState } from 'react';
import { GrantedNote } from '../first-log/granted-note.tsx';
import { NoLogs } from '../first-log/no-logs.tsx';
import { ErrorState } from '../states/error-state.tsx';
import { FailureNotice } from '../states/refresh-failed.tsx';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import type { TimeRange } from '../time-range/time-range.ts';
import { EventTable } from './event-table.tsx';
import { MorePages } from './more-pages.tsx';
import { NewRows } from './new-rows.tsx';
import { QueryMistake } from './query-mistake.tsx';
import type { ExplorerState } from '../query/url-state.ts';
import type { Follow } from './use-follow.ts';
import type { Search } from './use-search.ts';
import { ZeroResults } from './zero-results.tsx';

interface ResultsProps {
  search: Search;
  follow: Follow;
  state: ExplorerState;
  zone: string;
  mistake: QueryError | null;
  /** On a narrow screen the open event takes the place of the rows. */
  hidden: boolean;
  onActive: (id: string) => void;
  onOpen: (id: string) => void;
  onQuery: (query: string) => void;
  onScrolled: (scrolled: boolean) => void;
  onRange: (range: TimeRange) => void;
  onRetry: () => void;
}

export function Results(props: ResultsProps) {
  return (
    <section
      id="results"
      tabIndex={-1}
      className={`outline-none flex min-w-0 flex-1 flex-col ${props.hidden ? 'max-md:hidden' : ''}`}
    >
      {stateOf(props)}
    </section>
  );
}

function stateOf(props: ResultsProps) {
  const { search, mistake } = props;
  if (mistake) return <QueryMistake query={props.state.q} mistake={mistake} onQuery={props.onQuery} />;
  if (search.rows.isError && search.events.length === 0)
    return <ErrorState what="search" error={search.rows.error} onRetry={props.onRetry} />;
  if (search.cancelled && search.events.length === 0) return null;
  if (search.events.length === 0) {
    return search.loading || !search.first ? <TableSkeleton /> : <Nothing {...props} />;
  }
  return <Rows {...props} />;
}

function Nothing({ search, state, onQuery, onRange }: ResultsProps) {
  if (!search.scope) return <TableSkeleton />;
  const zero = (
    <ZeroResults scope={search.scope} query={state.q} onQuery={onQuery} onRange={onRange} note={<GrantedNote />} />
  );
  // The role, not a grant, opens the audit trail: who asks for it is told of the question, not of grants.
  return asksForTrail(state) ? zero : <NoLogs>{zero}</NoLogs>;
}

function asksForTrail({ own, q }: ExplorerState): boolean {
  return own || q.includes(ownLogGroupPrefix);
}

function Rows({ search, follow, state, zone, onActive, onOpen, onScrolled, onRetry }: ResultsProps) {
  const [cursor, setCursor] = useState<string | null>(null);
  const { rows, first, events, loading } = search;
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = rows;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <>
      {search.failure !== null && (
        <div className="px-4 pt-2">
          <FailureNotice what="search" error={search.failure} onRetry={onRetry} />
        </div>
      )}
      <NewRows follow={follow} />
      <EventTable
        events={events}
        total={first?.total.value ?? events.length}
        exact={first?.total.relation === 'eq'}
        columns={state.cols}
        zone={zone}
        active={state.event ?? cursor}
        open={state.event !== null}
        jump={follow.shown}
        onScrolled={onScrolled}
        dimmed={loading || search.cancelled || search.failure !== null}
        more={search.failure === null && hasNextPage && !isFetching && !isFetchNextPageError && !loading}
        onMore={more}
        onActive={(id) => {
          setCursor(id);
          onActive(id);
        }}
        onOpen={onOpen}
      />
      <MorePages search={search} onMore={more} />
    </>
  );
}
