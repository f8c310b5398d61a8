'use client';

import { findingStates } from '@akashi/policy';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsBoolean, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { Button } from 'react-aria-components';
import { readFindings, type FindingFilter } from '../api-client/findings.ts';
import { SelectField } from '../forms/select-field.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { FindingsTable } from './findings-table.tsx';

const shownStates = ['unfinished', ...findingStates, 'all'] as const;

/** What daily reviews found, until it is settled. */
export function FindingsPage() {
  const t = useTranslations('logFindings');
  const session = useSession();
  const mayRead = mayDo(session, 'reviews.read');
  const [{ state, mine }, set] = useQueryStates(
    {
      state: parseAsStringLiteral(shownStates).withDefault('unfinished'),
      mine: parseAsBoolean.withDefault(false),
    },
    { history: 'push' },
  );
  const filter: FindingFilter = { state: state === 'all' ? null : state, owner: mine ? 'me' : null, day: null };
  const findings = useInfiniteQuery({
    queryKey: ['findings', 'list', filter],
    queryFn: ({ pageParam, signal }) => readFindings({ ...filter, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
  });
  const isFiltered = state !== 'unfinished' || mine;
  return (
    <Page title={t('title')}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {mayRead && (
          <div className="flex flex-wrap items-end gap-4 print:hidden">
            <div className="min-w-48">
              <SelectField
                label={t('filters.state')}
                options={shownStates.map((id) => ({
                  id,
                  label: id === 'unfinished' || id === 'all' ? t(`filters.${id}`) : t(`states.${id}`),
                }))}
                value={state}
                onChange={(next) => void set({ state: next })}
              />
            </div>
            {mayDo(session, 'findings.manage') && (
              <SwitchField label={t('filters.mine')} value={mine} onChange={(on) => void set({ mine: on })} />
            )}
          </div>
        )}
        <Answer of={findings} what="logFindings">
          {({ pages }) => {
            const items = pages.flatMap((page) => page.items);
            if (items.length > 0) return <FindingsTable findings={items} />;
            return (
              <EmptyState
                title={t(isFiltered ? 'noneTitle' : 'emptyTitle')}
                text={t(isFiltered ? 'noneText' : 'emptyText')}
              />
            );
          }}
        </Answer>
        {findings.hasNextPage && (
          <div>
            <Button
              className="control"
              isDisabled={findings.isFetchingNextPage}
              onPress={() => void findings.fetchNextPage()}
            >
              {t('more')}
            </Button>
          </div>
        )}
      </div>
    </Page>
  );
}
