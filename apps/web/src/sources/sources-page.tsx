'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryState } from 'nuqs';
import { lazy, Suspense, useState } from 'react';
import { readSources, type SourceRow } from '../api-client/sources.ts';
import { NoLogs } from '../first-log/no-logs.tsx';
import { TabPages } from '../forms/tab-pages.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { TableSkeleton } from '../states/table-skeleton.tsx';
import { useZone } from '../time/use-zone.tsx';
import { newFormat } from '../formats/new-format.ts';
import { isSilent } from './is-silent.ts';
import { SourcesTable } from './sources-table.tsx';

const ConfiguredSources = lazy(() => import('./configured-sources.tsx'));
const CoverageView = lazy(() => import('../coverage/coverage-view.tsx'));
const HostTimesView = lazy(() => import('../host-times/host-times-view.tsx'));
const FormatsView = lazy(() => import('../formats/formats-view.tsx'));
const UnparsedLinesView = lazy(() => import('../unparsed-lines/unparsed-lines-view.tsx'));
const IngestKeys = lazy(() => import('../keys/ingest-keys.tsx'));

const refreshMilliseconds = 15_000;
const tabs = ['streams', 'coverage', 'time', 'unparsed', 'senders', 'keys', 'formats'] as const;

/** What arrives, and, for those who may change it, from which senders it is taken. */
export function SourcesPage() {
  const t = useTranslations('sources');
  const { zone } = useZone();
  const session = useSession();
  const mayManage = mayDo(session, 'sources.manage');
  const [tab, setTab] = useQueryState('tab', parseAsStringLiteral(tabs).withDefault('streams'));
  // Log text: it is kept in the page and never in an address.
  const [formatLines, setFormatLines] = useState<readonly string[]>([]);
  const [, setFormat] = useQueryState('format', parseAsString.withOptions({ history: 'push' }));
  const makeFormat = (lines: readonly string[]) => {
    setFormatLines(lines);
    void setTab('formats');
    void setFormat(newFormat);
  };
  const answer = useQuery({
    queryKey: ['sources'],
    queryFn: ({ signal }) => readSources(signal),
    refetchInterval: (query) => (query.state.status === 'error' ? false : refreshMilliseconds),
  });
  const silent = answer.data?.filter((source) => isSilent(source, answer.dataUpdatedAt)).length ?? 0;
  const table = (list: readonly SourceRow[]) => (
    <SourcesTable sources={list} zone={zone} readAt={answer.dataUpdatedAt} />
  );
  const streams = () => (
    <Answer of={answer} what="sources">
      {(list) => (list.some(({ kind }) => kind !== 'system') ? table(list) : <NoLogs>{table(list)}</NoLogs>)}
    </Answer>
  );
  return (
    <Page
      title={t('title')}
      {...(answer.data
        ? {
            status: (
              <>
                {t('count', { count: answer.data.length })}
                {silent > 0 && (
                  <span className="ml-4 font-medium text-attention">{t('silentCount', { count: silent })}</span>
                )}
              </>
            ),
          }
        : {})}
    >
      <TabPages
        label={t('title')}
        value={tab}
        onChange={(next) => void setTab(next)}
        tabs={[
          { id: 'streams', label: t('tabs.streams'), content: streams },
          {
            id: 'coverage',
            label: t('tabs.coverage'),
            content: () => (
              <Suspense fallback={<TableSkeleton />}>
                <CoverageView />
              </Suspense>
            ),
          },
          {
            id: 'time',
            label: t('tabs.time'),
            content: () => (
              <Suspense fallback={<TableSkeleton />}>
                <HostTimesView />
              </Suspense>
            ),
          },
          {
            id: 'unparsed',
            label: t('tabs.unparsed'),
            content: () => (
              <Suspense fallback={<TableSkeleton />}>
                <UnparsedLinesView {...(mayManage ? { onMakeFormat: makeFormat } : {})} />
              </Suspense>
            ),
          },
          ...(mayManage
            ? [
                {
                  id: 'senders' as const,
                  label: t('tabs.senders'),
                  content: () => (
                    <Suspense fallback={<TableSkeleton />}>
                      <ConfiguredSources />
                    </Suspense>
                  ),
                },
              ]
            : []),
          ...(mayManage && mayDo(session, 'keys.manage')
            ? [
                {
                  id: 'keys' as const,
                  label: t('tabs.keys'),
                  content: () => (
                    <Suspense fallback={<TableSkeleton />}>
                      <IngestKeys />
                    </Suspense>
                  ),
                },
              ]
            : []),
          ...(mayManage
            ? [
                {
                  id: 'formats' as const,
                  label: t('tabs.formats'),
                  content: () => (
                    <Suspense fallback={<TableSkeleton />}>
                      <FormatsView lines={formatLines} />
                    </Suspense>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Page>
  );
}
