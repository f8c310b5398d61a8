'use client';

import type { ListedRun } from '../api-client/report-runs.ts';
import { effectiveText } from '../time-range/range-words.ts';
import { useZone } from '../time/use-zone.tsx';

/** The organisation's day that a run is of, or its period on the clock that the page shows. */
export function RunPeriod({ run }: { run: Pick<ListedRun, 'day' | 'from' | 'to'> }) {
  const { zone } = useZone();
  const period = effectiveText({ from: Date.parse(run.from), to: Date.parse(run.to) }, zone);
  if (run.day === null) return <span className="block max-w-[24ch]">{period}</span>;
  return (
    <span className="whitespace-nowrap" title={period}>
      {run.day}
    </span>
  );
}
