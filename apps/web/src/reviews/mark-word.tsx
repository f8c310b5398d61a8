'use client';

import { useTranslations } from 'next-intl';
import type { DayMark } from './calendar-layout.ts';

/** A form of its own for each mark, so that colour says nothing alone. */
export const markSigns: Readonly<Record<DayMark, string>> = {
  approved: '●',
  'approved-late': '◐',
  submitted: '○',
  'submitted-late': '◔',
  returned: '↩',
  open: '△',
  overdue: '▲',
  missed: '✕',
  'not-due': '·',
};

export const markColors: Readonly<Record<DayMark, string>> = {
  // What needs nobody stays quiet.
  approved: 'text-muted',
  'approved-late': 'text-attention',
  submitted: 'text-text',
  'submitted-late': 'text-attention',
  returned: 'text-attention',
  open: 'text-text',
  overdue: 'text-bad',
  missed: 'text-bad',
  'not-due': 'text-faint',
};

/** A mark with its word. */
export function MarkWord({ mark }: { mark: DayMark }) {
  const t = useTranslations('logReviews.marks');
  return (
    <span className={`whitespace-nowrap ${markColors[mark]}`}>
      <span aria-hidden className="mr-1 inline-block w-4 text-center">
        {markSigns[mark]}
      </span>
      {t(mark)}
    </span>
  );
}
