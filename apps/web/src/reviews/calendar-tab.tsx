'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsInteger, parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { useSession } from '../session/session-context.tsx';
import { Answer } from '../states/answer.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { CalendarList } from './calendar-list.tsx';
import { CalendarYear } from './calendar-year.tsx';
import { countMarks, dayMarks, monthsOf } from './calendar-layout.ts';
import { dayToReview, isDay } from '../time/days.ts';
import { MarkWord } from './mark-word.tsx';
import { useCalendar } from './use-calendar.ts';

/** Every day of a year with its mark, and one month of it day by day: an auditor's first question. */
export function CalendarTab() {
  const t = useTranslations('logReviews.calendar');
  const { tenant } = useSession();
  const [newest] = useState(() => dayToReview(nowMilliseconds(), tenant.timeZone));
  const [chosen, set] = useQueryStates({ year: parseAsInteger, month: parseAsString });
  const year = chosen.year ?? Number(newest.slice(0, 4));
  const isMonth = chosen.month !== null && isDay(`${chosen.month}-01`) && chosen.month.startsWith(String(year));
  const month = isMonth ? (chosen.month ?? '') : newest.startsWith(String(year)) ? newest.slice(0, 7) : `${year}-12`;
  const days = useCalendar({ from: `${year}-01-01`, to: `${year}-12-31` });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="flex items-center gap-3">
        <Button
          className="control print:hidden"
          aria-label={t('previous')}
          onPress={() => void set({ year: year - 1, month: null })}
        >
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <h2 className="text-title font-medium">{t('year', { year: String(year) })}</h2>
        <Button
          className="control print:hidden"
          aria-label={t('next')}
          isDisabled={String(year) >= newest.slice(0, 4)}
          onPress={() => void set({ year: year + 1, month: null })}
        >
          <ChevronRight size={16} aria-hidden />
        </Button>
      </div>
      <Answer of={days} what="logReviews">
        {(items) => {
          const found = new Map(items.map((item) => [item.day, item]));
          const all = monthsOf(year).flatMap(({ weeks }) => weeks.flat().filter((day) => day !== null));
          const counts = countMarks(all, found);
          return (
            <>
              <ul aria-label={t('legend')} className="flex flex-wrap gap-x-6 gap-y-1">
                {dayMarks
                  .filter((mark) => counts[mark] > 0)
                  .map((mark) => (
                    <li key={mark}>
                      <MarkWord mark={mark} /> {counts[mark]}
                    </li>
                  ))}
              </ul>
              <CalendarYear
                key={year}
                year={year}
                found={found}
                newest={newest}
                month={month}
                onMonth={(next) => void set({ month: next })}
              />
              <CalendarList month={month} found={found} />
            </>
          );
        }}
      </Answer>
    </div>
  );
}
