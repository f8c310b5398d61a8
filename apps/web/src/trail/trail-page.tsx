'use client';

import { addFilter } from '@akashi/query';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import { readTrail } from '../api-client/people.ts';
import { Page } from '../frame/page.tsx';
import { explorerAddress } from '../query/url-state.ts';
import OfflineBanner from '../restores/offline-banner.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { NotPermitted } from '../states/not-permitted.tsx';
import { resolveRange } from '../time-range/time-range.ts';
import { useZone } from '../time/use-zone.tsx';
import { TrailFilters } from './trail-filters.tsx';
import { hasWords } from './trail-rows.ts';
import { TrailSaving } from './trail-saving.tsx';
import { TrailTable } from './trail-table.tsx';
import { useTrailState } from './use-trail-state.ts';

/** One person, account, host, address or session through all logs: when, who, where and on what, what happened, and why. */
export function TrailPage() {
  const t = useTranslations('trail');
  if (!mayDo(useSession(), 'masters.read')) {
    return (
      <Page title={t('title')}>
        <NotPermitted />
      </Page>
    );
  }
  return <FollowedTrail />;
}

function FollowedTrail() {
  const t = useTranslations('trail');
  const { zone, zones } = useZone();
  const router = useRouter();
  const { state, asked, change } = useTrailState();
  const [words, setWords] = useState('');
  const effective = useMemo(
    () => (asked === null ? null : resolveRange(state.t, { now: asked, zone: zones.tenant })),
    [state.t, asked, zones.tenant],
  );
  const searched = state.person === '' ? state.q : (addFilter('', { field: 'person', value: state.person }) ?? '');
  const isAsked = state.person !== '' || state.q !== '';
  const wanted = {
    person: state.person,
    query: state.q,
    timeZone: zones.tenant,
    restored: state.restored,
    from: new Date(effective?.from ?? 0).toISOString(),
    to: new Date(effective?.to ?? 0).toISOString(),
  };
  const trail = useInfiniteQuery({
    queryKey: ['trail', wanted],
    queryFn: ({ pageParam, signal }) => readTrail(wanted, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled: effective !== null && isAsked,
    retry: false,
  });
  const steps = trail.data?.pages.flatMap(({ items }) => items) ?? [];
  const shown = steps.filter((step) => hasWords(step, words));
  const person = trail.data?.pages[0]?.person;
  const offline = trail.data?.pages[0]?.offline ?? null;
  const isUnknown = trail.error instanceof ApiProblem && trail.error.status === 404;
  const followed = person ? t('ofPerson', { name: person.name }) : state.q;
  return (
    <Page
      title={isAsked ? t('titleOf', { what: followed || state.person }) : t('title')}
      {...(trail.data ? { status: t('count', { shown: shown.length, read: steps.length }) } : {})}
      actions={steps.length > 0 && <TrailSaving wanted={wanted} hasMore={trail.hasNextPage} steps={steps} />}
    >
      <TrailFilters state={state} effective={effective} words={words} onWords={setWords} onChange={change} />
      {effective !== null && offline !== null && (
        <OfflineBanner
          offline={offline}
          searched={effective}
          onArchive={(part) =>
            router.push(explorerAddress({ q: searched, t: { kind: 'absolute', ...part }, own: true, archive: true }))
          }
        />
      )}
      {!isAsked && <EmptyState title={t('askTitle')} text={t('askText')} />}
      {isAsked && isUnknown && (
        <EmptyState title={t('unknownTitle')} text={t('unknownText', { person: state.person })} />
      )}
      {isAsked && !isUnknown && (
        <Answer of={trail} what="trail">
          {() =>
            shown.length === 0 ? (
              <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
            ) : (
              <>
                <TrailTable steps={shown} zone={zone} />
                {trail.hasNextPage && (
                  <p className="mt-3 print:hidden">
                    <Button
                      className="control"
                      isDisabled={trail.isFetchingNextPage}
                      onPress={() => void trail.fetchNextPage()}
                    >
                      {t('more')}
                    </Button>
                  </p>
                )}
              </>
            )
          }
        </Answer>
      )}
    </Page>
  );
}
