'use client';

import { useTranslations } from 'next-intl';
import type { ListedRun } from '../api-client/report-runs.ts';

type Stated = Pick<ListedRun, 'state' | 'progress'>;

const colors = {
  waiting: 'text-attention',
  running: 'text-attention',
  done: 'text-muted',
  failed: 'font-medium text-bad',
  cancelled: 'text-muted',
} as const;

export function isUnderWay({ state }: Pick<ListedRun, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

/** How far a run is, in a word, with its share while it is being made. */
export function RunState({ run }: { run: Stated }) {
  const t = useTranslations('runs');
  const percent = Math.floor(run.progress * 100);
  return (
    <span className={`whitespace-nowrap ${colors[run.state]}`}>
      {run.state === 'running' ? t('states.runningAt', { percent }) : t(`states.${run.state}`)}
    </span>
  );
}
