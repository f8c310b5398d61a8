'use client';

import { useLocale, useTranslations } from 'next-intl';
import type { LogReview } from '../api-client/log-reviews.ts';
import { Moment } from '../time/moment.tsx';

/** As the worker writes down what it does by itself. */
const product = 'akashi-worker';

/** What was done on the day, by whom and when; nothing of it changes afterwards. */
export function Acts({ acts, items }: Pick<LogReview, 'acts' | 'items'>) {
  const t = useTranslations('logReviews.acts');
  const locale = useLocale();
  const nameOf = (id: string | null) => items.find((item) => item.id === id)?.report.title[locale];
  if (acts.length === 0) return null;
  return (
    <section className="min-w-0">
      <h2 className="border-b border-line pb-1 font-medium">{t('title')}</h2>
      <ol>
        {acts.map(({ kind, by, at, item, text }) => (
          <li
            key={`${at} ${kind} ${item}`}
            className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 border-b border-line py-1"
          >
            <span className="text-meta text-muted">
              <Moment at={at} />
            </span>
            <span>
              {t(kind)} {item !== null && <span>{nameOf(item)}</span>}{' '}
              <span className="text-muted">{by === product ? t('byProduct') : by}</span>
              {text !== null && <span className="block text-meta whitespace-pre-wrap text-muted">{text}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
