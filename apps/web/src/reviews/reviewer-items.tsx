'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { LogReview } from '../api-client/log-reviews.ts';
import { KeyHint } from '../keyboard/key-hint.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { focusSoon, itemButtonId, submitButtonId } from './item-focus.ts';
import { bulkItems, isDecided, isUndecided, type ReviewerGroups } from './item-order.ts';
import { ItemList } from './item-list.tsx';
import type { Deciding } from './use-decide.ts';
import type { Triage } from './use-triage.ts';

export interface ItemsProps<Groups> {
  groups: Groups;
  review: LogReview;
  deciding: Deciding;
  triage: Triage;
  isCounted: boolean;
}

/** What needs a look first; what is usual can be said of at once. */
export function ReviewerItems({ groups, ...shared }: ItemsProps<ReviewerGroups>) {
  const t = useTranslations('logReviews');
  const { review, deciding } = shared;
  const usual = bulkItems(review.items);
  const decideUsual = async () => {
    await deciding.decideAll(usual);
    const left = groups.needsLook.find(isUndecided);
    focusSoon(left === undefined ? submitButtonId : itemButtonId(left.id));
  };
  useCommands(usual.length > 0 ? { 'item.bulk': () => void decideUsual() } : {});
  return (
    <>
      <ItemList
        title={t('groups.needsLook')}
        items={groups.needsLook}
        isStrong={groups.needsLook.some((item) => !isDecided(item))}
        {...(groups.needsLook.length === 0 ? { note: t('noneNeedsLook') } : {})}
        {...shared}
      />
      <ItemList
        title={t('groups.clear')}
        note={t('clearText')}
        items={groups.clear}
        action={
          usual.length > 0 && (
            <Button className="control" onPress={() => void decideUsual()}>
              {t('bulk', { count: usual.length })} <KeyHint keys="b" />
            </Button>
          )
        }
        {...shared}
      />
    </>
  );
}
