'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { People } from '../access/use-people.ts';
import type { AccessReviewItem } from '../api-client/access-reviews.ts';
import { FormProblem } from '../forms/form-problem.tsx';
import { Moment } from '../time/moment.tsx';
import { useItemWords } from './use-item-words.tsx';

interface ReviewItemsProps {
  items: readonly AccessReviewItem[];
  people: People;
  mayDecide: (item: AccessReviewItem) => boolean;
  onConfirm: (item: AccessReviewItem) => Promise<unknown>;
  onRemove: (item: AccessReviewItem) => void;
}

const kinds = ['member', 'membership', 'grant', 'key'] as const;

/** The items by kind, each with its two answers, or with the answer that was given. */
export function ReviewItems({ items, ...props }: ReviewItemsProps) {
  const t = useTranslations('accessReview');
  if (items.length === 0) return <p className="text-muted">{t('nothingLeft')}</p>;
  return kinds.map((kind) => {
    const shown = items.filter((item) => item.kind === kind);
    return (
      shown.length > 0 && (
        <section key={kind}>
          <h2 className="mb-1 font-medium">
            {t(`kinds.${kind}`)} <span className="font-normal text-muted">{t('count', { count: shown.length })}</span>
          </h2>
          <ul className="border-t border-line">
            {shown.map((item) => (
              <Item key={item.id} item={item} {...props} />
            ))}
          </ul>
        </section>
      )
    );
  });
}

function Item({
  item,
  people,
  mayDecide,
  onConfirm,
  onRemove,
}: Omit<ReviewItemsProps, 'items'> & { item: AccessReviewItem }) {
  const t = useTranslations('accessReview');
  const { name, plain } = useItemWords()(item);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const confirm = async () => {
    setPending(true);
    setError(null);
    try {
      await onConfirm(item);
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-1 border-b border-line py-2">
      <div className="min-w-0 flex-1 basis-80">
        <p className="font-medium">{name}</p>
        <p className="text-meta text-muted">
          {plain}
          {item.ownerId !== null && <span className="ml-3">{t('owner', { name: people.nameOf(item.ownerId) })}</span>}
        </p>
        <FormProblem error={error} words={{ 'decided-before': t('decidedBefore') }} />
      </div>
      {item.decision !== null ? (
        <p>
          <span className={item.decision === 'remove' ? 'font-medium text-bad' : 'font-medium'}>
            {t(`decided.${item.decision}`)}
          </span>
          <span className="block text-meta text-muted">
            {people.nameOf(item.decidedBy)} <Moment at={item.decidedAt} />
          </span>
          {item.note !== null && <span className="block text-meta text-muted">{item.note}</span>}
        </p>
      ) : item.needsAnother ? (
        <p className="max-w-[36ch] text-muted">{t('ownMembership')}</p>
      ) : mayDecide(item) ? (
        <span className="flex gap-2">
          <Button
            className="control control-small"
            isDisabled={pending}
            aria-label={t('confirmNamed', { name })}
            onPress={() => void confirm()}
          >
            {t('decisions.confirm')}
          </Button>
          <Button
            className="control control-small text-bad"
            isDisabled={pending}
            aria-label={t('removeNamed', { name })}
            onPress={() => onRemove(item)}
          >
            {t('decisions.remove')}
          </Button>
        </span>
      ) : (
        <p className="text-muted">{t('notDecided')}</p>
      )}
    </li>
  );
}
