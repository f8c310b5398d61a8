'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readDeletions } from '../api-client/deletions.ts';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { TombstonesView } from '../tombstones/tombstones-view.tsx';
import { DeletionItem } from './deletion-item.tsx';

/** What was disposed of lawfully, under which rule, each with its certificate. */
export default function DeletionsView() {
  const t = useTranslations('deletions');
  const answer = useInfiniteQuery({
    queryKey: ['deletions'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => readDeletions(pageParam, signal),
    getNextPageParam: ({ next }) => next ?? null,
  });
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <p className="max-w-[72ch] text-muted">{t('text')}</p>
      <Answer of={answer} what="deletions">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <EmptyState title={t('emptyTitle')} text={t('emptyText')} />
          ) : (
            <>
              <ul className="border-t border-line">
                {items.map((deletion) => (
                  <DeletionItem key={deletion.id} deletion={deletion} />
                ))}
              </ul>
              {answer.hasNextPage && (
                <Button
                  className="control justify-self-start"
                  isPending={answer.isFetchingNextPage}
                  onPress={() => void answer.fetchNextPage()}
                >
                  {t('more')}
                </Button>
              )}
            </>
          );
        }}
      </Answer>
      <TombstonesView />
    </section>
  );
}
