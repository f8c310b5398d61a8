'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useMemo } from 'react';
import { Button } from 'react-aria-components';
import { readAuditTrail } from '../api-client/audit-trail.ts';
import { explorerAddress } from '../query/url-state.ts';
import { Page } from '../frame/page.tsx';
import { SealUsual } from '../seal/seal-usual.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { resolveRange } from '../time-range/time-range.ts';
import { useZone } from '../time/use-zone.tsx';
import { AuditFilters } from './audit-filters.tsx';
import { AuditTable } from './audit-table.tsx';
import { auditQuery } from './audit-query.ts';
import { useAuditState } from './use-audit-state.ts';

/** Everything that people, programs and the product did: who, what, when, on what, from where, and how it ended. */
export function AuditTrailPage() {
  const t = useTranslations('audit');
  const format = useFormatter();
  const { zone, zones } = useZone();
  const mayRead = mayDo(useSession(), 'audit-trail.read');
  const { state, asked, change, again } = useAuditState();
  const effective = useMemo(
    () => (asked === null ? null : resolveRange(state.t, { now: asked, zone: zones.tenant })),
    [state.t, asked, zones.tenant],
  );
  const filter = useMemo(
    () => ({
      from: new Date(effective?.from ?? 0).toISOString(),
      to: new Date(effective?.to ?? 0).toISOString(),
      group: state.group,
      action: state.action,
      actor: state.actor,
      target: state.target,
      outcome: state.outcome,
    }),
    [state, effective],
  );
  const trail = useInfiniteQuery({
    queryKey: ['audit-trail', filter],
    queryFn: ({ pageParam, signal }) => readAuditTrail(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next ?? null,
    placeholderData: (former) => former,
    enabled: effective !== null,
  });
  const entries = trail.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = trail.data?.pages[0]?.total;
  return (
    <Page
      title={t('title')}
      {...(total
        ? {
            status: (
              <>
                {t('count', { shown: entries.length, total: total.value, relation: total.relation })}
                <span className="text-meta">
                  <SealUsual />
                </span>
              </>
            ),
          }
        : {})}
      actions={
        mayRead && (
          <>
            <Link href={explorerAddress({ q: auditQuery(state), t: state.t })} className="control hover:bg-sunken">
              {t('inExplorer')}
            </Link>
            <Button className="control" onPress={again}>
              {t('again')}
            </Button>
          </>
        )
      }
    >
      {mayRead && <AuditFilters state={state} effective={effective} onChange={change} />}
      <Answer of={trail} what="audit" keepsLast>
        {({ pages }) =>
          pages.every(({ items }) => items.length === 0) ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
          ) : (
            <div className={trail.isPlaceholderData ? 'opacity-60' : ''}>
              <AuditTable entries={pages.flatMap(({ items }) => items)} zone={zone} />
              {trail.hasNextPage && (
                <p className="mt-3">
                  <Button
                    className="control"
                    isDisabled={trail.isFetchingNextPage}
                    onPress={() => void trail.fetchNextPage()}
                  >
                    {t('more', {
                      count: format.number(Math.max(0, (total?.value ?? 0) - entries.length)),
                    })}
                  </Button>
                </p>
              )}
            </div>
          )
        }
      </Answer>
    </Page>
  );
}
