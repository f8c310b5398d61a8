'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readMasterVersions, type Master, type MasterVersion } from '../api-client/masters.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { useMastersState } from './use-masters-state.ts';

/** Every change of the table: who, when, what. Each version can be looked at as it was. */
export function Versions({ master }: { master: Master }) {
  const t = useTranslations('masters');
  const [, set] = useMastersState();
  const versions = useInfiniteQuery({
    queryKey: ['masters', 'versions', master.name],
    queryFn: ({ pageParam, signal }) => readMasterVersions(master.name, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next ?? null,
  });
  return (
    <Answer of={versions} what="masters">
      {({ pages }) => (
        <div className="grid gap-3">
          <SortedTable
            label={t('showVersions')}
            rows={pages.flatMap(({ items }) => items)}
            rowId={({ number }) => String(number)}
            minWidth={760}
            columns={[
              {
                id: 'version',
                title: t('columns.version'),
                isRowHeader: true,
                cell: ({ number }: MasterVersion) => t('versionNumber', { version: number }),
              },
              { id: 'at', title: t('columns.at'), cell: ({ at }) => <Moment at={at} precision="second" /> },
              { id: 'by', title: t('columns.by'), cell: ({ by }) => by },
              {
                id: 'what',
                title: t('columns.what'),
                cell: (version) => (
                  <>
                    {t(`kinds.${version.kind}`)}
                    {version.details['whole'] === true && (
                      <span className="ml-2 text-meta text-muted">{t('whole')}</span>
                    )}
                  </>
                ),
              },
              ...(['added', 'changed', 'ended', 'rows'] as const).map((count) => ({
                id: count,
                title: t(`columns.${count}`),
                isNumber: true,
                cell: (version: MasterVersion) => version[count],
              })),
              {
                id: 'acts',
                title: t('columns.acts'),
                cell: ({ number }) => (
                  <Button
                    className="control control-small"
                    aria-label={t('lookAt', { version: number })}
                    onPress={() => void set({ view: 'rows', version: number === master.version ? null : number })}
                  >
                    {t('look')}
                  </Button>
                ),
              },
            ]}
          />
          {versions.hasNextPage && (
            <Button className="control justify-self-start" onPress={() => void versions.fetchNextPage()}>
              {t('moreVersions')}
            </Button>
          )}
        </div>
      )}
    </Answer>
  );
}
