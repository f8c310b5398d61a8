'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { readFindings } from '../api-client/findings.ts';
import { FindingSummary } from '../findings/finding-summary.tsx';
import { useSession } from '../session/session-context.tsx';
import { mayDo } from '../session/session.ts';

/** Findings that wait for an instruction, for whoever may give one. */
export function EscalatedFindings() {
  const t = useTranslations('logReviews.waiting');
  const isAsked = mayDo(useSession(), 'reviews.approve');
  const { data } = useQuery({
    queryKey: ['findings', 'escalated'],
    queryFn: ({ signal }) => readFindings({ state: 'escalated', owner: null, day: null, cursor: null }, signal),
    enabled: isAsked,
  });
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="grid gap-2 print:hidden">
      <h2 className="border-b border-line pb-1 font-medium">
        {t('escalated')} <span className="text-attention">{data.items.length}</span>
      </h2>
      {data.items.map(({ id }) => (
        <FindingSummary key={id} id={id} />
      ))}
    </section>
  );
}
