'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { isSessionEnded } from '../api-client/api-problem.ts';
import {
  decideItem,
  decideItems,
  type ItemResult,
  type LogReview,
  type ReviewItem,
} from '../api-client/log-reviews.ts';
import { useNotify } from '../forms/notices.tsx';
import { leaveToSignIn } from '../session/leave.ts';
import { focusSoon, itemButtonId } from './item-focus.ts';
import { logReviewKey } from './use-log-review.ts';

export interface Deciding {
  /** What could not be recorded last, and of which item. */
  failure: { item: string; error: unknown } | null;
  /** True once it is recorded. */
  decide: (item: ReviewItem, body: ItemResult) => Promise<boolean>;
  decideAll: (items: readonly ReviewItem[]) => Promise<void>;
  /** Takes the last result of this page back, if there is one. */
  undo: () => void;
}

type Shown = Pick<ReviewItem, 'state' | 'isBulk' | 'comment'>;

/** Results of items: shown at once, taken back on the page when they could not be recorded, undone while they can be. */
export function useDecide(day: string): Deciding {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const client = useQueryClient();
  const notify = useNotify();
  const [failure, setFailure] = useState<Deciding['failure']>(null);
  const last = useRef<readonly ReviewItem[]>([]);
  /** What is being recorded: taking it back waits for it. */
  const sending = useRef<Promise<unknown>>(Promise.resolve());
  const key = logReviewKey(day);
  const nameOf = ({ report, area }: ReviewItem) => t('itemName', { report: report.title[locale], area: area.name });

  const show = (ids: readonly string[], shown: Partial<Shown>) =>
    client.setQueryData<LogReview>(key, (review) =>
      review === undefined
        ? review
        : { ...review, items: review.items.map((item) => (ids.includes(item.id) ? { ...item, ...shown } : item)) },
    );
  const record = async (items: readonly ReviewItem[], shown: Partial<Shown>, send: () => Promise<LogReview>) => {
    setFailure(null);
    await client.cancelQueries({ queryKey: key });
    show(
      items.map(({ id }) => id),
      shown,
    );
    try {
      // The answer is the day as it is now: nothing of it is asked for again.
      client.setQueryData(key, await send());
      const isOfFinding = shown.state === 'exception' || items.some(({ state }) => state === 'exception');
      if (isOfFinding) void client.invalidateQueries({ queryKey: ['findings'] });
      return true;
    } catch (error) {
      for (const { id, state, isBulk, comment } of items) show([id], { state, isBulk, comment });
      if (isSessionEnded(error)) leaveToSignIn();
      else setFailure({ item: items[0]?.id ?? '', error });
      for (const changed of ['log-reviews', 'findings']) void client.invalidateQueries({ queryKey: [changed] });
      return false;
    }
  };
  const takeBack = async (items: readonly ReviewItem[]) => {
    last.current = [];
    const done = await record(items, { state: 'open', isBulk: false, comment: null }, async () => {
      let review: LogReview | undefined;
      // One after the other, so that the last answer holds all of them.
      for (const { id } of items) review = await decideItem({ day, item: id }, { result: 'open' });
      return review as LogReview;
    });
    const [first] = items;
    if (!done || first === undefined) return;
    notify({ text: t('decided.open', { name: nameOf(first) }) });
    focusSoon(itemButtonId(first.id));
  };
  const decide: Deciding['decide'] = async (item, body) => {
    const shown = { state: body.result, isBulk: false, comment: body.comment ?? null } as const;
    const done = await record([item], shown, () => decideItem({ day, item: item.id }, body));
    if (!done || body.result === 'open') return done;
    last.current = [item];
    notify({ text: t(`decided.${body.result}`, { name: nameOf(item) }), undo: () => void takeBack([item]) });
    return done;
  };
  const decideAll: Deciding['decideAll'] = async (items) => {
    const ids = items.map(({ id }) => id);
    const done = await record(items, { state: 'no-finding', isBulk: true }, () => decideItems(day, ids));
    if (!done) return;
    last.current = items;
    notify({ text: t('bulkDone', { count: items.length }), undo: () => void takeBack(items) });
  };
  const after = <T>(work: Promise<T>): Promise<T> => {
    sending.current = work;
    return work;
  };
  return {
    failure,
    decide: (item, body) => after(decide(item, body)),
    decideAll: (items) => after(decideAll(items)),
    undo: () => {
      void sending.current.then(() => {
        if (last.current.length > 0) void takeBack(last.current);
      });
    },
  };
}
