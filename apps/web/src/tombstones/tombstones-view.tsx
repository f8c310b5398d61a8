'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { readTombstoneCertificate, readTombstones, type Tombstone } from '../api-client/tombstones.ts';
import { useSaving } from '../csv/use-saving.ts';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';

/** Single records that two people removed, each with its certificate. Nothing where nobody ever did. */
export function TombstonesView() {
  const t = useTranslations('tombstones');
  const answer = useInfiniteQuery({
    queryKey: ['tombstones'],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => readTombstones(pageParam, signal),
    getNextPageParam: ({ next }) => next ?? null,
  });
  return (
    <section className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-3" aria-labelledby="tombstones">
      <h2 id="tombstones" className="font-medium">
        {t('title')}
      </h2>
      <p className="max-w-[72ch] text-muted">{t('text')}</p>
      <Answer of={answer} what="tombstones">
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <p className="text-muted">{t('none')}</p>
          ) : (
            <>
              <ul className="border-t border-line">
                {items.map((tombstone) => (
                  <TombstoneItem key={tombstone.id} tombstone={tombstone} />
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
    </section>
  );
}

function TombstoneItem({ tombstone }: { tombstone: Tombstone }) {
  const t = useTranslations('tombstones');
  const { pending, save } = useSaving({ failed: (why) => t('certificateFailed', { why }) });
  const { id, block, positions, records, reason, asked, approved, entry, lockedUntil, state } = tombstone;
  const name = `tombstone-${entry ?? 0}.json`;
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-b border-line py-3">
      <div className="min-w-0 flex-1 basis-80">
        <p className="font-medium">{t('amount', { records, block, positions })}</p>
        <p className="whitespace-pre-wrap">{reason}</p>
        <p className="text-meta text-muted">
          {t.rich('people', {
            asked: asked.name,
            approved: approved.name,
            at: () => <Moment at={tombstone.approvedAt} />,
          })}
        </p>
        <p>
          {state === 'locked' && lockedUntil !== null
            ? t.rich('locked', { at: () => <Moment at={lockedUntil} /> })
            : t(`states.${state}`)}
        </p>
      </div>
      {entry !== null && (
        <Button
          className="control control-small"
          aria-label={t('saveNamed', { entry })}
          isPending={pending === name}
          onPress={() => void save(name, () => readTombstoneCertificate(id))}
        >
          <Download size={12} aria-hidden />
          {t('certificate')}
        </Button>
      )}
    </li>
  );
}
