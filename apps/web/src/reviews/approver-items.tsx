'use client';

import { useTranslations } from 'next-intl';
import { Moment } from '../time/moment.tsx';
import type { ApproverGroups } from './item-order.ts';
import { ItemList } from './item-list.tsx';
import type { ItemsProps } from './reviewer-items.tsx';

/** One screen: what is odd, what the reviewer says, and where the reviewer and the checks differ. */
export function ApproverItems({ groups, ...shared }: ItemsProps<ApproverGroups>) {
  const t = useTranslations('logReviews');
  const { exceptions, differences, asUsual } = groups;
  return (
    <>
      <Said {...shared} />
      <ItemList
        title={t('groups.exceptions')}
        items={exceptions}
        isStrong={shared.review.state === 'submitted'}
        {...(exceptions.length === 0 ? { note: t('noExceptions') } : {})}
        {...shared}
      />
      <ItemList
        title={t('groups.differences')}
        items={differences}
        {...(differences.length === 0 ? { note: t('noDifferences') } : {})}
        {...shared}
      />
      <ItemList title={t('groups.asUsual')} note={t('clearText')} items={asUsual} {...shared} />
    </>
  );
}

function Said({ review }: Pick<ItemsProps<ApproverGroups>, 'review'>) {
  const t = useTranslations('logReviews');
  const submitted = review.acts.findLast(({ kind }) => kind === 'submitted');
  if (submitted === undefined) return null;
  return (
    <section className="max-w-[72ch]">
      <h2 className="font-medium">{t('said.title')}</h2>
      <p className="whitespace-pre-wrap">{submitted.text ?? t('said.nothing')}</p>
      <p className="text-meta text-muted">
        {submitted.by} <Moment at={submitted.at} />
      </p>
      {review.lateReason !== null && <p className="text-attention">{t('lateReason', { reason: review.lateReason })}</p>}
    </section>
  );
}
