'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import { useDraft } from '../drafts/use-draft.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useCommands } from '../keyboard/keyboard-provider.tsx';
import { focusSoon, itemButtonId } from './item-focus.ts';
import { isDecided, isUndecided } from './item-order.ts';
import { KeyHint } from '../keyboard/key-hint.tsx';
import type { Deciding } from './use-decide.ts';
import { useDecideProblemWords } from './use-decide-problem-words.ts';

interface DecisionFormProps {
  day: string;
  item: ReviewItem;
  deciding: Deciding;
  onException: () => void;
  onDecided: () => void;
}

/** The result of an item with its comment, or the way to take a result back. */
export function DecisionForm({ day, item, deciding, onException, onDecided }: DecisionFormProps) {
  const t = useTranslations('logReviews');
  const problemWords = useDecideProblemWords();
  const draft = useDraft<{ comment: string }>(`item:${day}:${item.id}`);
  const comment = draft.typed.comment ?? '';
  const isOpen = isUndecided(item);
  const mayTakeBack = item.mayDecide && isDecided(item);
  const error = deciding.failure?.item === item.id ? deciding.failure.error : null;
  const noFinding = async () => {
    const text = comment.trim();
    if (await deciding.decide(item, { result: 'no-finding', ...(text === '' ? {} : { comment: text }) })) {
      draft.drop();
      onDecided();
    }
  };
  useCommands({
    ...(isOpen ? { 'item.noFinding': () => void noFinding(), 'item.exception': onException } : {}),
    ...(isOpen ? { 'item.comment': () => focusSoon(commentId(item.id)) } : {}),
  });
  if (!isOpen && !mayTakeBack) return <FormProblem error={error} words={problemWords} />;
  return (
    <div className="grid max-w-[72ch] gap-3 print:hidden">
      <FormProblem error={error} words={problemWords} />
      {isOpen && (
        // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Esc leaves the field in it
        <div
          id={commentId(item.id)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.nativeEvent.isComposing) focusSoon(itemButtonId(item.id));
          }}
        >
          <TextField
            label={t('comment')}
            description={t('commentNote')}
            value={comment}
            onChange={(text) => draft.type({ comment: text })}
            maxLength={4_000}
            rows={2}
          />
        </div>
      )}
      <div className="flex flex-wrap gap-3">
        {isOpen && (
          <>
            <Button className="control" onPress={() => void noFinding()}>
              {t('noFinding')} <KeyHint keys="n" />
            </Button>
            <Button className="control" onPress={onException}>
              {t('exception')} <KeyHint keys="e" />
            </Button>
          </>
        )}
        {mayTakeBack && (
          <Button className="control control-quiet" onPress={() => void deciding.decide(item, { result: 'open' })}>
            {t('takeBack')}
          </Button>
        )}
      </div>
    </div>
  );
}

const commentId = (item: string) => `review-comment-${item}`;
