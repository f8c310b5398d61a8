'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { usePeople } from '../access/use-people.ts';
import { openAccessReview, readAccessReviews } from '../api-client/access-reviews.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { MomentField } from '../forms/moment-field.tsx';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';

/** Reviews of all rights, at least every six months (PCI DSS 7.2.4): the open one, the former ones, the next one. */
export function ReviewsPage() {
  const t = useTranslations('accessReview');
  const session = useSession();
  const mayManage = mayDo(session, 'access.manage');
  const mayRead = mayDo(session, 'access.read');
  const router = useRouter();
  const client = useQueryClient();
  const people = usePeople();
  const [asked, setAsked] = useState(false);
  const [dueAt, setDueAt] = useState<string | null>(null);
  const reviews = useQuery({ queryKey: ['access-reviews'], queryFn: ({ signal }) => readAccessReviews(signal) });
  const open = reviews.data?.items.find(({ closedAt }) => closedAt === null);
  return (
    <Page
      title={t('title')}
      actions={
        mayManage &&
        reviews.data &&
        !open && (
          <Button className="control control-primary" onPress={() => setAsked(true)}>
            {t('start')}
          </Button>
        )
      }
    >
      <Answer of={reviews} what="accessReview">
        {({ items, nextDueAt, isDue }) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
            {mayRead ? (
              <p className={isDue ? 'font-medium text-attention' : 'text-muted'}>
                {t.rich(isDue ? 'dueNow' : 'nextDue', { at: () => <Moment at={nextDueAt} /> })}
              </p>
            ) : (
              open && <p className="max-w-[72ch]">{t(open.decided === open.items ? 'yoursDone' : 'yours')}</p>
            )}
            {items.length === 0 ? (
              <p className="max-w-[72ch] text-muted">{t(mayRead ? 'none' : 'nothingLeft')}</p>
            ) : (
              <SortedTable
                label={t('title')}
                rows={items}
                rowId={({ id }) => id}
                initial={{ column: 'opened', direction: 'descending' }}
                columns={[
                  {
                    id: 'opened',
                    title: t('columns.opened'),
                    isRowHeader: true,
                    sortBy: ({ openedAt }) => openedAt,
                    cell: ({ id, openedAt, openedBy }) => (
                      <>
                        <Link href={`/access/reviews/${id}`} className="text-accent underline-offset-2 hover:underline">
                          <Moment at={openedAt} />
                        </Link>
                        <span className="block text-meta font-normal text-muted">{people.nameOf(openedBy)}</span>
                      </>
                    ),
                  },
                  {
                    id: 'state',
                    title: t('columns.state'),
                    sortBy: ({ closedAt }) => closedAt,
                    cell: ({ closedAt, closedBy }) =>
                      closedAt === null ? (
                        <span className="font-medium text-attention">{t('stateOpen')}</span>
                      ) : (
                        <>
                          {t.rich('stateClosed', { at: () => <Moment at={closedAt} /> })}
                          <span className="block text-meta text-muted">{people.nameOf(closedBy)}</span>
                        </>
                      ),
                  },
                  {
                    id: 'due',
                    title: t('columns.due'),
                    sortBy: ({ dueAt: due }) => due,
                    cell: ({ dueAt: due }) => <Moment at={due} />,
                  },
                  {
                    id: 'decided',
                    title: t('columns.decided'),
                    isNumber: true,
                    sortBy: ({ decided }) => decided,
                    cell: ({ decided, items: all }) => t('ofAll', { decided, all }),
                  },
                  {
                    id: 'removed',
                    title: t('columns.removed'),
                    isNumber: true,
                    sortBy: ({ removed }) => removed,
                    cell: ({ removed }) => t('removedCount', { count: removed }),
                  },
                ]}
              />
            )}
          </div>
        )}
      </Answer>
      {asked && (
        <FormDialog
          title={t('startTitle')}
          action={t('start')}
          problemWords={{ 'review-open': t('alreadyOpen') }}
          onClose={() => setAsked(false)}
          onSubmit={async () => {
            const review = await openAccessReview(dueAt);
            await client.invalidateQueries({ queryKey: ['access-reviews'] });
            router.push(`/access/reviews/${review.id}`);
          }}
        >
          <p>{t('startText')}</p>
          <MomentField
            name="dueAt"
            label={t('dueField')}
            description={t('dueNote')}
            value={dueAt}
            onChange={setDueAt}
          />
        </FormDialog>
      )}
    </Page>
  );
}
