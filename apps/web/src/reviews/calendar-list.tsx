'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import type { CalendarDay } from '../api-client/log-reviews.ts';
import { SortedTable } from '../forms/sorted-table.tsx';
import { Moment } from '../time/moment.tsx';
import { listedDays, markOf } from './calendar-layout.ts';
import { monthWords } from './calendar-year.tsx';
import { dayWords } from '../time/days.ts';
import { MarkWord } from './mark-word.tsx';
import { useReasonWord } from './use-reason-word.ts';

/** The days of a month that have a review or a reason for having none, newest first. */
export function CalendarList({ month, found }: { month: string; found: ReadonlyMap<string, CalendarDay> }) {
  const t = useTranslations('logReviews.calendar');
  const locale = useLocale();
  const reasonWord = useReasonWord();
  const label = t('list', { month: monthWords(month, locale) });
  const days = listedDays([...found.values()].filter(({ day }) => day.startsWith(month)));
  return (
    <section>
      <h2 className="mb-1 font-medium">{label}</h2>
      <SortedTable
        label={label}
        rows={days}
        rowId={({ day }) => day}
        minWidth={860}
        initial={{ column: 'day', direction: 'descending' }}
        columns={[
          {
            id: 'day',
            title: t('columns.day'),
            isRowHeader: true,
            sortBy: ({ day }) => day,
            cell: ({ day, until }) =>
              until === day ? (
                <Link href={`/reviews/${day}`} prefetch={false} className="text-accent underline underline-offset-2">
                  {dayWords(day, locale)}
                </Link>
              ) : (
                <span className="font-normal">
                  {dayWords(day, locale)} – {dayWords(until, locale)}
                </span>
              ),
          },
          { id: 'state', title: t('columns.state'), cell: (day) => <MarkWord mark={markOf(day)} /> },
          {
            id: 'items',
            title: t('columns.items'),
            isNumber: true,
            cell: ({ items, state }) => (state === 'not-due' ? '–' : items),
          },
          {
            id: 'exceptions',
            title: t('columns.exceptions'),
            isNumber: true,
            cell: ({ exceptions, state }) => (state === 'not-due' ? '–' : exceptions),
          },
          {
            id: 'submitted',
            title: t('columns.submitted'),
            cell: ({ submittedBy, submittedAt }) => <Done by={submittedBy} at={submittedAt} />,
          },
          {
            id: 'approved',
            title: t('columns.approved'),
            cell: ({ approvedBy, approvedAt }) => <Done by={approvedBy} at={approvedAt} />,
          },
          {
            id: 'reason',
            title: t('columns.reason'),
            cell: ({ reason }) => reason !== undefined && reasonWord(reason),
          },
        ]}
      />
    </section>
  );
}

function Done({ by, at }: { by: string | undefined; at: string | undefined }) {
  if (by === undefined) return null;
  return (
    <>
      {by}
      {at !== undefined && (
        <span className="block text-meta text-muted">
          <Moment at={at} />
        </span>
      )}
    </>
  );
}
