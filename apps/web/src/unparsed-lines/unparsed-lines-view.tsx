'use client';

import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useState } from 'react';
import { readUnparsedLines, type UnparsedLines } from '../api-client/unparsed-lines.ts';
import { SelectField } from '../forms/select-field.tsx';
import { Answer } from '../states/answer.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { nowMilliseconds } from '../time/clock.ts';
import { ShapesTable } from './shapes-table.tsx';

const dayMs = 86_400_000;
const periods = ['1', '7', '30'] as const;

interface UnparsedLinesViewProps {
  /** Begins a format with these lines; absent for those who may not make any. */
  onMakeFormat?: (lines: readonly string[]) => void;
}

/** Lines that no format reads, by what they have in common: what to make a format of next. */
export default function UnparsedLinesView({ onMakeFormat }: UnparsedLinesViewProps) {
  const t = useTranslations('unparsedLines');
  const [now] = useState(nowMilliseconds);
  const [days, setDays] = useQueryState('days', parseAsStringLiteral(periods).withDefault('1'));
  const answer = useQuery({
    queryKey: ['unparsed-lines', days],
    queryFn: ({ signal }) => {
      const range = { from: new Date(now - Number(days) * dayMs), to: new Date(now) };
      return readUnparsedLines({ from: range.from.toISOString(), to: range.to.toISOString() }, signal);
    },
  });
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-end gap-4">
        <SelectField
          label={t('period')}
          value={days}
          onChange={(next) => void setDays(next)}
          options={periods.map((id) => ({ id, label: t(`periods.${id}`) }))}
        />
        {answer.data !== undefined && <Counted lines={answer.data} />}
      </div>
      <p className="max-w-[72ch] text-muted">{t('text')}</p>
      <Answer of={answer} what="unparsedLines" keepsLast>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t('none')} text={t('noneText')} />
          ) : (
            <ShapesTable shapes={items} {...(onMakeFormat === undefined ? {} : { onMakeFormat })} />
          )
        }
      </Answer>
    </div>
  );
}

function Counted({ lines: { items, read, total, others } }: { lines: UnparsedLines }) {
  const t = useTranslations('unparsedLines');
  return (
    <p role="status" className="pb-1.5 text-muted">
      {t('counted', { lines: total.value, shapes: items.length })}
      {total.value > read && ` ${t('newestOnly', { read })}`}
      {others > 0 && ` ${t('others', { others })}`}
    </p>
  );
}
