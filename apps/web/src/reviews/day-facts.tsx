'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { isIncidentKind } from '@akashi/policy';
import type { LogReview } from '../api-client/log-reviews.ts';
import { useIncidentWords } from '../incidents/use-incident-words.ts';
import { Moment } from '../time/moment.tsx';
import { Acts } from './acts.tsx';
import { Signatures } from './signatures.tsx';

/** What stands beside the worklist: reference reports, incidents, signatures, and what was done when. */
export function DayFacts({ review }: { review: LogReview }) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const words = useIncidentWords();
  return (
    <div className="grid items-start gap-x-8 gap-y-5 lg:grid-cols-2">
      <Part title={t('groups.reference')} note={t('reference.text')}>
        {review.reference.map(({ run, title, area, rows, flagged }) => (
          <li key={run} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1">
            <Link href={`/reports/runs/${run}`} className="min-w-0 flex-1 text-accent underline underline-offset-2">
              {title[locale]}
            </Link>
            <span className="text-meta text-muted">{area.name}</span>
            <span>{t('rows', { count: rows })}</span>
            <span className="text-meta text-muted">{t('flaggedRows', { count: flagged })}</span>
          </li>
        ))}
      </Part>
      <Part title={t('incidents.title')}>
        {review.incidents.map(({ id, kind, where, startedAt, state }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-1">
            <Link href={`/incidents?state=all&incident=${id}`} className="text-accent underline underline-offset-2">
              {isIncidentKind(kind) ? words.kind(kind) : kind}
            </Link>
            <span className="min-w-0 flex-1 break-all">{words.where({ where, details: {} })}</span>
            <span className="text-meta text-muted">{t(`incidents.${stateKey(state)}`)}</span>
            <span className="text-meta text-muted">
              <Moment at={startedAt} />
            </span>
          </li>
        ))}
      </Part>
      <Signatures signatures={review.signatures} />
      <Acts acts={review.acts} items={review.items} />
    </div>
  );
}

function stateKey(state: string): 'open' | 'acknowledged' | 'closed' {
  return state === 'acknowledged' || state === 'closed' ? state : 'open';
}

function Part({ title, note, children }: { title: string; note?: string; children: ReactNode[] }) {
  const t = useTranslations('logReviews.paper');
  return (
    <section className="min-w-0">
      <h2 className="border-b border-line pb-1 font-medium">
        {title} <span className="font-normal text-muted">{children.length}</span>
        {note !== undefined && <span className="ml-3 text-meta font-normal text-muted">{note}</span>}
      </h2>
      {children.length === 0 ? <p className="py-1 text-muted">{t('none')}</p> : <ul>{children}</ul>}
    </section>
  );
}
