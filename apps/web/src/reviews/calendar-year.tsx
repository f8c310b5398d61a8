'use client';

import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRef, useState } from 'react';
import type { CalendarDay } from '../api-client/log-reviews.ts';
import { dayByKey, markOf, monthsOf } from './calendar-layout.ts';
import { dayWords } from '../time/days.ts';
import { markColors, markSigns } from './mark-word.tsx';

interface CalendarYearProps {
  year: number;
  found: ReadonlyMap<string, CalendarDay>;
  newest: string;
  month: string;
  onMonth: (month: string) => void;
}

const weekdays = ['1', '2', '3', '4', '5', '6', '7'] as const;

/** Twelve months of marks, each day a link. One stop of the Tab key; arrow keys go by day and week. */
export function CalendarYear({ year, found, newest, month, onMonth }: CalendarYearProps) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const place = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(newest.startsWith(String(year)) ? newest : `${year}-12-31`);
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the links in it
    <div
      ref={place}
      className="grid grid-cols-[repeat(auto-fill,minmax(240px,1fr))] gap-x-6 gap-y-4"
      onKeyDown={(event) => {
        const next = dayByKey(stop, event.key);
        if (next === null) return;
        event.preventDefault();
        setStop(next);
        place.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus();
      }}
    >
      {monthsOf(year).map(({ month: each, weeks }) => (
        <table key={each} className="border-collapse self-start text-center">
          <caption className="pb-1 text-left">
            <button
              type="button"
              aria-pressed={each === month}
              className={`min-h-6 underline-offset-2 hover:underline ${each === month ? 'font-medium text-text' : 'text-accent'}`}
              onClick={() => onMonth(each)}
            >
              {monthWords(each, locale)}
            </button>
          </caption>
          <thead>
            <tr>
              {weekdays.map((weekday) => (
                <th key={weekday} scope="col" className="w-7 text-meta font-normal text-muted">
                  {t(`calendar.weekdays.${weekday}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.find((day) => day !== null)}>
                {week.map((day, index) => (
                  <td key={weekdays[index]} className="p-0">
                    {day !== null && (
                      <DayLink day={day} found={found.get(day)} isStop={day === stop} onFocus={() => setStop(day)} />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </div>
  );
}

interface DayLinkProps {
  day: string;
  found: CalendarDay | undefined;
  isStop: boolean;
  onFocus: () => void;
}

function DayLink({ day, found, isStop, onFocus }: DayLinkProps) {
  const t = useTranslations('logReviews');
  const locale = useLocale();
  const mark = markOf(found);
  const label = t('calendar.dayLabel', { day: dayWords(day, locale), mark: t(`marks.${mark}`) });
  return (
    <Link
      href={`/reviews/${day}`}
      prefetch={false}
      data-day={day}
      tabIndex={isStop ? 0 : -1}
      aria-label={label}
      title={label}
      onFocus={onFocus}
      className={`flex h-8 min-w-6 flex-col items-center justify-center rounded-[4px] leading-none outline-offset-[-2px] hover:bg-sunken ${markColors[mark]}`}
    >
      <span className="text-[11px] text-muted">{Number(day.slice(8))}</span>
      <span aria-hidden>{markSigns[mark]}</span>
    </Link>
  );
}

export function monthWords(month: string, locale: string): string {
  const format = { timeZone: 'UTC', year: 'numeric', month: 'long' } as const;
  return new Intl.DateTimeFormat(locale === 'ja' ? 'ja-JP' : 'en-GB', format).format(new Date(`${month}-01T00:00:00Z`));
}
