'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryStates } from 'nuqs';
import { useState } from 'react';
import { Button } from 'react-aria-components';
import { readCoverage, type Coverage } from '../api-client/coverage.ts';
import { DayField } from '../forms/day-field.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { isDay, shiftDay } from '../time/days.ts';
import { formatDay } from '../time/format-instant.ts';
import { useZone } from '../time/use-zone.tsx';
import { CoverageDialog } from './coverage-dialog.tsx';
import { CoverageTable } from './coverage-table.tsx';
import { gapsOf } from './gaps.ts';

/** Which source sends which class of events, day by day (PCI DSS 10.2.1). */
export default function CoverageView() {
  const t = useTranslations('coverage');
  const { zones } = useZone();
  const client = useQueryClient();
  const [now] = useState(nowMilliseconds);
  const today = formatDay(now, zones.tenant);
  const [place, set] = useQueryStates({ day: parseAsString, cell: parseAsString }, { history: 'push' });
  const day = place.day !== null && isDay(place.day) ? place.day : today;
  const answer = useQuery({ queryKey: ['coverage', day], queryFn: ({ signal }) => readCoverage(day, signal) });
  const go = (next: string) => void set({ day: next === today ? null : next });
  const open = (cell: string | null) => void set({ cell });
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-2">
        <Button className="control px-2" aria-label={t('dayBefore')} onPress={() => go(shiftDay(day, -1))}>
          <ChevronLeft size={16} aria-hidden />
        </Button>
        <DayField label={t('day')} value={day} onChange={(next) => isDay(next) && go(next)} />
        <Button
          className="control px-2"
          aria-label={t('dayAfter')}
          isDisabled={day >= today}
          onPress={() => go(shiftDay(day, 1))}
        >
          <ChevronRight size={16} aria-hidden />
        </Button>
        {answer.data !== undefined && <Gaps coverage={answer.data} />}
      </div>
      <p className="max-w-[72ch] text-muted">{t('text')}</p>
      <Answer of={answer} what="coverage" keepsLast>
        {(coverage) =>
          coverage.items.length === 0 ? (
            <EmptyState title={t('none')} text={t('noneText')} />
          ) : (
            <>
              <CoverageTable coverage={coverage} onOpen={open} />
              <CoverageDialog
                coverage={coverage}
                cell={place.cell}
                onClose={() => open(null)}
                onChanged={() => client.invalidateQueries({ queryKey: ['coverage'] })}
              />
            </>
          )
        }
      </Answer>
    </div>
  );
}

/** What needs a look: classes that a source sent before and not on this day. */
function Gaps({ coverage }: { coverage: Coverage }) {
  const t = useTranslations('coverage');
  const gaps = gapsOf(coverage);
  return (
    <p role="status" className={`ml-2 pb-1.5 ${gaps > 0 ? 'font-medium text-attention' : 'text-muted'}`}>
      {gaps > 0 ? t('gaps', { count: gaps }) : t('noGaps')}
    </p>
  );
}
