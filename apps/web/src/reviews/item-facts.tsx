'use client';

import { isIncidentKind } from '@akashi/policy';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import type { ReviewItem } from '../api-client/log-reviews.ts';
import { useIncidentWords } from '../incidents/use-incident-words.ts';
import { explorerAddress } from '../query/url-state.ts';
import { useDuration } from '../time/use-duration.ts';
import { UsualRange } from './usual-range.tsx';
import { isAboutChecks, reasonWords } from './verdict-words.ts';

const shownCounts = 5;

const severities = ['low', 'medium', 'high', 'critical'] as const;

function isSeverity(text: string): text is (typeof severities)[number] {
  return severities.some((each) => each === text);
}

/** What the automatic checks went by: the usual count, new shapes of lines, who and where most, what came late. */
export function ItemFacts({ item }: { item: ReviewItem }) {
  const t = useTranslations('logReviews.details');
  const checks = useTranslations('logReviews');
  const duration = useDuration();
  const locale = useLocale();
  const words = useIncidentWords();
  const severity = useTranslations('logReviews.severities');
  const reason = useTranslations('logReviews.reasons');
  const { summary, newShapes, addenda, lookedSeconds, alerts, incidents } = item;
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-2 xl:grid-cols-4">
      <Fact title={t('usual')}>
        <UsualRange item={item} />
      </Fact>
      {newShapes.length > 0 && (
        <Fact title={t('shapes')}>
          <ul>
            {newShapes.map(({ shape, events, eventId }) => (
              <li key={shape} className="flex items-baseline gap-2">
                <Link
                  href={explorerAddress({ event: eventId })}
                  className="min-w-0 flex-1 font-mono text-record text-accent underline underline-offset-2"
                >
                  {shape}
                </Link>
                <span className="text-meta text-muted">{t('shapeEvents', { count: events })}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {alerts.length > 0 && (
        <Fact title={t('alerts')}>
          <ul>
            {alerts.map(({ id, title, severity: grade, count }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-2">
                <Link href={`/alerts/${id}`} className="min-w-0 text-accent underline underline-offset-2">
                  {title[locale]}
                </Link>
                <span className="text-meta text-muted">
                  {isSeverity(grade) ? severity(grade) : grade} {t('shapeEvents', { count })}
                </span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {incidents.length > 0 && (
        <Fact title={t('incidents')}>
          <ul>
            {incidents.map(({ id, kind, where }) => (
              <li key={id} className="flex flex-wrap items-baseline gap-x-2">
                <Link href={`/incidents?state=all&incident=${id}`} className="text-accent underline underline-offset-2">
                  {isIncidentKind(kind) ? words.kind(kind) : kind}
                </Link>
                <span className="min-w-0 text-meta break-all text-muted">{words.where({ where, details: {} })}</span>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {(['people', 'hosts'] as const).map(
        (kind) =>
          summary !== null &&
          summary[kind].length > 0 && (
            <Fact key={kind} title={t(kind)}>
              <ul>
                {summary[kind].slice(0, shownCounts).map(({ value, rows }) => (
                  <li key={value} className="flex max-w-64 justify-between gap-3">
                    <span className="min-w-0">{value}</span>
                    <span>{t('shapeEvents', { count: rows })}</span>
                  </li>
                ))}
              </ul>
            </Fact>
          ),
      )}
      {addenda.length > 0 && (
        <Fact title={t('addenda')}>
          {addenda.map(({ run, rows, flagged }) => (
            <p key={run}>{t('addendum', { rows, flagged })}</p>
          ))}
        </Fact>
      )}
      <Fact title={t('verdict')}>
        <p>{checks('checksVersion', { version: item.verdict.version })}</p>
        {item.verdict.reasons.filter(isAboutChecks).map((each) => {
          const { key, values } = reasonWords(each, item);
          return <p key={key}>{reason(key, values)}</p>;
        })}
        {lookedSeconds >= 60 && (
          <p className="text-meta text-muted">{t('looked', { duration: duration(lookedSeconds * 1_000) })}</p>
        )}
      </Fact>
    </dl>
  );
}

function Fact({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="mb-1 text-meta text-muted">{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
