'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { usePeople } from '../access/use-people.ts';
import {
  closeAccessReview,
  decideReviewItem,
  readAccessReview,
  type AccessReviewItem,
} from '../api-client/access-reviews.ts';
import { CsvDownload } from '../csv/csv-download.tsx';
import { ConfirmDialog } from '../forms/confirm-dialog.tsx';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useNotify } from '../forms/notices.tsx';
import { SwitchField } from '../forms/switch-field.tsx';
import { TextField } from '../forms/text-field.tsx';
import { Page } from '../frame/page.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';
import { Answer } from '../states/answer.tsx';
import { Moment } from '../time/moment.tsx';
import { ReviewItems } from './review-items.tsx';
import { useItemWords } from './use-item-words.tsx';

/** One review: every account, membership, grant and key as it was (or those that are one's own to answer for). */
export function ReviewPage({ id }: { id: string }) {
  const t = useTranslations('accessReview');
  const session = useSession();
  const mayManage = mayDo(session, 'access.manage');
  const notify = useNotify();
  const client = useQueryClient();
  const people = usePeople();
  const words = useItemWords();
  const [undecidedOnly, setUndecidedOnly] = useState(false);
  const [removing, setRemoving] = useState<AccessReviewItem | null>(null);
  const [explaining, setExplaining] = useState<AccessReviewItem | null>(null);
  const [note, setNote] = useState('');
  const [closing, setClosing] = useState(false);
  const key = ['access-reviews', id];
  const review = useQuery({ queryKey: key, queryFn: ({ signal }) => readAccessReview(id, signal) });
  const open = review.data?.closedAt === null;
  const decide = async (item: AccessReviewItem, decision: 'confirm' | 'remove', why: string | null) => {
    client.setQueryData(key, await decideReviewItem({ reviewId: id, itemId: item.id }, { decision, note: why }));
    notify({ text: t(decision === 'confirm' ? 'confirmed' : 'removed', { name: words(item).name }) });
  };
  const mayDecide = ({ ownerId, needsAnother }: AccessReviewItem) =>
    open === true && !needsAnother && (mayManage || ownerId === session.user.id);
  const isAsked = review.data?.items.some((item) => item.decision === null && mayDecide(item)) === true;
  const left = review.data ? review.data.items.length - review.data.decided : 0;
  return (
    <Page
      title={t('one')}
      {...(review.data
        ? { status: t('progress', { decided: review.data.decided, all: review.data.items.length }) }
        : {})}
      actions={
        <>
          {review.data && mayDo(session, 'access.read') && (
            <CsvDownload path={`/v1/access-reviews/${encodeURIComponent(id)}/report.csv`} fileName="access-review" />
          )}
          {mayManage && open && (
            <Button
              className={`control ${left === 0 ? 'control-primary' : ''}`}
              isDisabled={left > 0}
              onPress={() => setClosing(true)}
            >
              {t('close')}
            </Button>
          )}
        </>
      }
    >
      <Answer of={review} what="accessReview">
        {(answer) => (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            {open && !mayDo(session, 'access.read') && (
              <p className="max-w-[72ch]">{t(isAsked ? 'yours' : 'yoursDone')}</p>
            )}
            <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
              <p className="text-muted">
                {answer.closedAt === null
                  ? t.rich('openUntil', { at: () => <Moment at={answer.dueAt} /> })
                  : t.rich('closedBy', {
                      at: () => <Moment at={answer.closedAt} />,
                      name: people.nameOf(answer.closedBy),
                    })}
              </p>
              <Progress decided={answer.decided} all={answer.items.length} />
              {open && left > 0 && <span>{t('left', { count: left })}</span>}
              {open && <SwitchField label={t('undecidedOnly')} value={undecidedOnly} onChange={setUndecidedOnly} />}
            </div>
            <ReviewItems
              items={answer.items.filter((item) => !(open && undecidedOnly) || item.decision === null)}
              people={people}
              mayDecide={mayDecide}
              onConfirm={(item) => {
                if (!item.needsReason) return decide(item, 'confirm', null);
                setNote('');
                setExplaining(item);
                return Promise.resolve();
              }}
              onRemove={(item) => {
                setNote('');
                setRemoving(item);
              }}
            />
          </div>
        )}
      </Answer>
      {removing && (
        <FormDialog
          danger
          title={t('removeTitle', { name: words(removing).name })}
          action={t('decisions.remove')}
          problemWords={{ 'decided-before': t('decidedBefore'), 'last-administrator': t('lastAdministrator') }}
          onClose={() => setRemoving(null)}
          onSubmit={() => decide(removing, 'remove', note.trim() === '' ? null : note.trim())}
        >
          <p className="text-muted">{words(removing).plain}</p>
          <p>{t(`removeText.${removing.kind}`)}</p>
          <TextField label={t('columns.note')} value={note} onChange={setNote} maxLength={1000} rows={2} />
        </FormDialog>
      )}
      {explaining && (
        <FormDialog
          title={t('ownTitle', { name: words(explaining).name })}
          action={t('decisions.confirm')}
          problemWords={{ 'decided-before': t('decidedBefore') }}
          onClose={() => setExplaining(null)}
          onSubmit={() => decide(explaining, 'confirm', note.trim())}
        >
          <p>{t('ownText')}</p>
          <TextField label={t('ownReason')} value={note} onChange={setNote} maxLength={1000} rows={2} isRequired />
        </FormDialog>
      )}
      {closing && review.data && (
        <ConfirmDialog
          title={t('closeTitle')}
          action={t('close')}
          problemWords={{ 'review-undecided': t('undecided') }}
          onClose={() => setClosing(false)}
          onConfirm={async () => {
            await closeAccessReview(id);
            await client.invalidateQueries({ queryKey: ['access-reviews'] });
            notify({ text: t('closed') });
          }}
        >
          <p>{t('closeText', { all: review.data.items.length, removed: review.data.removed })}</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}

function Progress({ decided, all }: { decided: number; all: number }) {
  return (
    <span aria-hidden className="inline-block h-2 w-40 border border-edge bg-sunken">
      <span className="block h-full bg-accent" style={{ width: `${all === 0 ? 100 : (decided / all) * 100}%` }} />
    </span>
  );
}
