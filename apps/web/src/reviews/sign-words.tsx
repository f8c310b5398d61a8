'use client';

import { useTranslations } from 'next-intl';
import { Button, Form } from 'react-aria-components';
import type { LogReview, SignedAction } from '../api-client/log-reviews.ts';
import { FieldProblems } from '../forms/field-problems.tsx';
import { TextField } from '../forms/text-field.tsx';
import { useSignProblemWords } from './use-sign-problem-words.ts';

export type SignFields = Record<'comment' | 'lateReason' | 'separationReason', string>;

interface SignWordsProps {
  review: LogReview;
  action: SignedAction;
  statement: string;
  typed: Partial<SignFields>;
  onType: (change: Partial<SignFields>) => void;
  error: unknown;
  pending: boolean;
  onCheck: () => void;
  onLeave: () => void;
}

/** What the person says with the act; nothing is signed here. */
export function SignWords({ review, action, statement, typed, onType, error, pending, ...does }: SignWordsProps) {
  const t = useTranslations('logReviews.sign');
  const forms = useTranslations('forms');
  const problemWords = useSignProblemWords();
  const isLate = action === 'submit' && review.hindrances.includes('late-reason-missing');
  const isOwn = action === 'approve' && review.hindrances.includes('separation-of-duties');
  const needsComment = action === 'return' || action === 'addenda';
  /** Where something must be typed, that comes first. */
  const first = isLate ? 'lateReason' : isOwn ? 'separationReason' : needsComment ? 'comment' : null;
  const field = (name: keyof SignFields) => ({
    name,
    value: typed[name] ?? '',
    onChange: (text: string) => onType({ [name]: text }),
    maxLength: 4_000,
    rows: 2,
    // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog is opened to be typed into
    autoFocus: name === first,
  });
  return (
    <Form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        does.onCheck();
      }}
    >
      <FieldProblems error={error} words={problemWords}>
        <div>
          <p className="text-meta text-muted">{t('statement')}</p>
          <p>{statement}</p>
        </div>
        {isLate && (
          <TextField label={t('lateReason')} description={t('lateReasonNote')} isRequired {...field('lateReason')} />
        )}
        {isOwn && (
          <TextField
            label={t('separationReason')}
            description={t('separationNote')}
            isRequired
            {...field('separationReason')}
          />
        )}
        <TextField label={t(`comments.${action}`)} isRequired={needsComment} {...field('comment')} />
      </FieldProblems>
      <div className="flex justify-end gap-3">
        <Button className="control" onPress={does.onLeave} isDisabled={pending}>
          {forms('cancel')}
        </Button>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- where nothing must be typed, the next step comes first */}
        <Button type="submit" className="control control-primary" autoFocus={first === null}>
          {pending ? forms('pending') : t('check')}
        </Button>
      </div>
    </Form>
  );
}
