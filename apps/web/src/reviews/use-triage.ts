'use client';

import { parseAsString, useQueryState } from 'nuqs';
import { useState } from 'react';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { focusSoon, itemButtonId, submitButtonId } from './item-focus.ts';
import { isUndecided, nextUndecided, stepItem } from './item-order.ts';
import type { Deciding } from './use-decide.ts';

export interface Triage {
  current: string | null;
  open: string | null;
  isExceptionOpen: boolean;
  focus: (item: string) => void;
  toggle: (item: string) => void;
  setException: (open: boolean) => void;
  /** A result was given: on to the next item without one, open as this one was. */
  goOn: (from: string) => void;
}

/** Going through the items by keys. The open item stands in the address, so that signing in again leads back to it. */
export function useTriage(order: readonly ReviewItem[], deciding: Deciding): Triage {
  const [open, setOpen] = useQueryState('item', parseAsString.withOptions({ history: 'replace' }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [exceptionOf, setExceptionOf] = useState<string | null>(null);
  const ids = order.map(({ id }) => id);
  const firstLeft = order.find(isUndecided)?.id ?? ids[0] ?? null;
  const current = [chosen, open].find((id) => id !== null && ids.includes(id)) ?? firstLeft;
  const item = order.find(({ id }) => id === current);
  const openItem = open !== null && ids.includes(open) ? open : null;
  const move = (step: 1 | -1) => {
    // The first step goes to where the work begins.
    const next = chosen === null ? current : stepItem(ids, current, step);
    if (next === null) return;
    setChosen(next);
    focusSoon(itemButtonId(next));
  };
  const toggle = (id: string) => {
    setChosen(id);
    setExceptionOf(null);
    void setOpen(openItem === id ? null : id);
  };
  const goOn = (from: string) => {
    setExceptionOf(null);
    const next = nextUndecided(order, from);
    if (openItem === from) void setOpen(next);
    if (next !== null) setChosen(next);
    focusSoon(next === null ? submitButtonId : itemButtonId(next));
  };
  const isOpen = item !== undefined && openItem === item.id;
  const mayDecide = item !== undefined && isUndecided(item);
  useCommands({
    'row.next': () => move(1),
    'row.previous': () => move(-1),
    ...(item === undefined ? {} : { 'row.open': () => toggle(item.id) }),
    ...(openItem === null
      ? {}
      : {
          'panel.close': () => {
            void setOpen(null);
            focusSoon(itemButtonId(openItem));
          },
        }),
    // An open item gives its own result, with its comment. What needs a look is opened before anything is said of it.
    ...(mayDecide && !isOpen
      ? {
          'item.noFinding': () => {
            if (item.verdict.result === 'needs-look') toggle(item.id);
            else void deciding.decide(item, { result: 'no-finding' }).then((done) => done && goOn(item.id));
          },
          'item.exception': () => {
            toggle(item.id);
            setExceptionOf(item.id);
          },
          'item.comment': () => toggle(item.id),
        }
      : {}),
    ...(order.some((each) => each.mayDecide) ? { 'item.undo': deciding.undo } : {}),
  });
  return {
    current,
    open: openItem,
    isExceptionOpen: exceptionOf !== null && exceptionOf === openItem,
    focus: setChosen,
    toggle,
    setException: (isShown) => setExceptionOf(isShown ? openItem : null),
    goOn,
  };
}
