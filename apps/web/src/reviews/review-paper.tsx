'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { LogReview, ReviewItem } from '../api-client/log-reviews.ts';
import { Moment } from '../time/moment.tsx';
import { useDuration } from '../time/use-duration.ts';
import { Acts } from './acts.tsx';
import { dayWords } from '../time/days.ts';
import { sortReasons } from './item-order.ts';
import { Signatures } from './signatures.tsx';
import { reasonWords } from './verdict-words.ts';

/** The day as an auditor wants it on paper: everything in words, nothing folded away. Only printed. */
export function ReviewPaper({ review }: { review: LogReview }) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const { delegatedTo } = review;
  return (
    <article className="hidden text-meta print:grid print:gap-4">
      <h2 className="text-title font-medium">
        {t('paper.title')} {dayWords(review.day, locale, true)}
      </h2>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1">
        <Fact title={t('paper.day')}>
          {review.day} ({review.timeZone})
        </Fact>
        <Fact title={t('paper.period')}>
          <Moment at={review.period.from} precision="second" /> – <Moment at={review.period.to} precision="second" />
        </Fact>
        <Fact title={t('paper.state')}>{t(`states.${review.state}`)}</Fact>
        <Fact title={t('paper.revision')}>{review.revision}</Fact>
        <Fact title={t('paper.due')}>
          <Moment at={review.dueAt} />
        </Fact>
        <Fact title={t('paper.lateness')}>
          {review.isLate ? [t('late'), review.lateReason].filter(Boolean).join(': ') : t('paper.onTime')}
        </Fact>
        <Fact title={t('reviewers')}>{namesOf(review.reviewers) || t('everyReviewer')}</Fact>
        <Fact title={t('approvers')}>{namesOf(review.approvers) || t('everyReviewer')}</Fact>
        {delegatedTo !== null && <Fact title={t('paper.delegated')}>{t('delegation.by', delegatedTo)}</Fact>}
        <Fact title={t('incidents.title')}>{review.incidents.length || t('paper.none')}</Fact>
      </dl>
      <Items items={review.items} title={t('paper.items')} />
      {review.reference.length > 0 && (
        <p>
          {t('groups.reference')}:{' '}
          {review.reference
            .map(({ title, area, rows }) => `${title[locale]} (${area.name}) ${t('rows', { count: rows })}`)
            .join(', ')}
        </p>
      )}
      <Signatures signatures={review.signatures} />
      <Acts acts={review.acts} items={review.items} />
    </article>
  );
}

function namesOf(people: LogReview['reviewers']): string {
  return people.map(({ name }) => name).join(', ');
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{title}</dt>
      <dd>{children}</dd>
    </>
  );
}

const columns = ['report', 'area', 'rows', 'usual', 'flagged', 'checks', 'result', 'by', 'comment', 'looked'] as const;
const numbers: readonly string[] = ['rows', 'usual', 'flagged'];

function Items({ items, title }: { items: readonly ReviewItem[]; title: string }) {
  const t = useTranslations('logReviews');
  return (
    <table className="plain-table" aria-label={title}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={`!whitespace-normal ${numbers.includes(column) ? 'number' : ''}`}>
              {t(`paper.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <PaperRow key={item.id} item={item} />
        ))}
      </tbody>
    </table>
  );
}

function PaperRow({ item }: { item: ReviewItem }) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const duration = useDuration();
  const { summary, usual, finding } = item;
  const reasons = sortReasons(item.verdict.reasons).map((reason) => {
    const { key, values } = reasonWords(reason, item);
    return t(`reasons.${key}`, values).trim();
  });
  return (
    <tr>
      <td>
        {item.report.number} {item.report.title[locale]}
      </td>
      <td>{item.area.name}</td>
      <td className="number whitespace-nowrap">{summary?.rows ?? t(`runStates.${item.run.state}`)}</td>
      <td className="number whitespace-nowrap">{usual === null ? '–' : `${usual.low}–${usual.high}`}</td>
      <td className="number whitespace-nowrap">{summary?.flagged ?? '–'}</td>
      <td>{reasons.join(', ')}</td>
      <td>
        {t(`itemStates.${item.state}`)} {item.isBulk && t('bulkMark')}
      </td>
      <td>
        {item.decidedBy}
        {item.decidedAt !== null && (
          <span className="block">
            <Moment at={item.decidedAt} />
          </span>
        )}
      </td>
      <td>
        {item.comment}
        {finding !== null && (
          <span className="block">
            {t('finding', { number: finding.number, title: finding.title })} {finding.owner}
          </span>
        )}
      </td>
      <td>{item.lookedSeconds === 0 ? '–' : duration(Math.max(60, item.lookedSeconds) * 1_000)}</td>
    </tr>
  );
}
