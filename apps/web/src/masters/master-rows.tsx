'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readMasterRows, type Master, type MasterRow } from '../api-client/masters.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { RowsTable } from './rows-table.tsx';
import { useMastersState } from './use-masters-state.ts';

interface MasterRowsProps {
  master: Master;
  mayManage: boolean;
  onAct: (kind: 'change' | 'end' | 'history', row: MasterRow) => void;
}

/** The rows that the address asks for, by their starts, a page after another. */
export function MasterRows({ master, mayManage, onAct }: MasterRowsProps) {
  const t = useTranslations('masters');
  const [{ at, q, version }] = useMastersState();
  const filter = { at, query: q, version };
  const rows = useInfiniteQuery({
    queryKey: ['masters', 'rows', master.name, filter],
    queryFn: ({ pageParam, signal }) => readMasterRows({ master: master.name, filter }, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? null,
  });
  return (
    <Answer of={rows} what="masters">
      {({ pages }) => {
        const items = pages.flatMap((page) => page.items);
        if (items.length === 0) return <EmptyState title={t('noneTitle')} text={t('noneText')} />;
        return (
          <div className="grid gap-3">
            <RowsTable master={master} rows={items} mayManage={mayManage} onAct={onAct} />
            {rows.hasNextPage && (
              <Button
                className="control justify-self-start"
                isDisabled={rows.isFetchingNextPage}
                onPress={() => void rows.fetchNextPage()}
              >
                {t('more', { shown: items.length })}
              </Button>
            )}
          </div>
        );
      }}
    </Answer>
  );
}
