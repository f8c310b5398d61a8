'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { Button } from 'react-aria-components';
import { readIncidents, type Incident } from '../api-client/incidents.ts';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { IncidentFilters, shownStates } from './incident-filters.tsx';
import { IncidentPanel } from './incident-panel.tsx';
import { IncidentsTable } from './incidents-table.tsx';

const askMilliseconds = 30_000;

/** What the product noticed by itself, and what was done about it (PCI DSS 10.7.2, 10.7.3). */
export function IncidentsPage() {
  const t = useTranslations('incidents');
  const mayRead = mayDo(useSession(), 'incidents.read');
  const [{ state, kind, incident }, set] = useQueryStates(
    {
      state: parseAsStringLiteral(shownStates).withDefault('open'),
      kind: parseAsString,
      incident: parseAsString,
    },
    { history: 'push' },
  );
  const filter = { state: state === 'all' ? null : state, kind };
  const incidents = useInfiniteQuery({
    queryKey: ['incidents', filter],
    queryFn: ({ pageParam, signal }) => readIncidents(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
    refetchInterval: askMilliseconds,
  });
  const unfinished = incidents.data?.pages[0]?.unfinished;
  const open = (id: string | null) => void set({ incident: id });
  const shown = mayRead ? incident : null;
  return (
    <Page title={t('title')} {...(unfinished === undefined ? {} : { status: t('unfinished', { count: unfinished }) })}>
      <div className="grid gap-4">
        {mayRead && (
          <IncidentFilters state={state} kind={kind} onChange={(change) => void set({ ...change, incident: null })} />
        )}
        <div className={`grid items-start gap-6 ${shown === null ? '' : 'lg:grid-cols-[minmax(0,1fr)_420px]'}`}>
          {shown !== null && <IncidentPanel key={shown} id={shown} onClose={() => open(null)} />}
          <div className="min-w-0 lg:order-first">
            <Answer of={incidents} what="incidents">
              {({ pages }) => (
                <List
                  items={pages.flatMap(({ items }) => items)}
                  isFiltered={state !== 'open' || kind !== null}
                  selected={incident}
                  onOpen={open}
                />
              )}
            </Answer>
            {incidents.hasNextPage && (
              <Button
                className="control mt-3"
                isDisabled={incidents.isFetchingNextPage}
                onPress={() => void incidents.fetchNextPage()}
              >
                {t('more')}
              </Button>
            )}
          </div>
        </div>
      </div>
    </Page>
  );
}

interface ListProps {
  items: readonly Incident[];
  isFiltered: boolean;
  selected: string | null;
  onOpen: (id: string) => void;
}

function List({ items, isFiltered, selected, onOpen }: ListProps) {
  const t = useTranslations('incidents');
  if (items.length > 0) return <IncidentsTable incidents={items} selected={selected} onOpen={onOpen} />;
  return (
    <EmptyState
      title={t(isFiltered ? 'noneFound' : 'noneOpen')}
      text={t(isFiltered ? 'noneFoundText' : 'noneOpenText')}
    />
  );
}
