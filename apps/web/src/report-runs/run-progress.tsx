'use client';

import { useTranslations } from 'next-intl';
import { ProgressBar } from 'react-aria-components';
import type { ReportRun } from '../api-client/report-runs.ts';

/** A run that is not done: how far it is, or why there is nothing. */
export function RunProgress({ run }: { run: ReportRun }) {
  const t = useTranslations('runs');
  if (run.state === 'failed') {
    return (
      <div role="alert" className="max-w-[72ch] border-l-2 border-bad pl-3">
        <p className="font-medium text-bad">{t('failedTitle')}</p>
        <p>{t(run.errorCode === 'report-condition-unreadable' ? 'unreadableText' : 'failedText')}</p>
        {run.errorCode !== null && (
          <p className="text-meta text-muted">
            {t('code')} <code className="font-mono select-all">{run.errorCode}</code>
          </p>
        )}
      </div>
    );
  }
  if (run.state === 'cancelled') return <p className="max-w-[72ch] text-muted">{t('cancelledText')}</p>;
  return (
    <div className="grid max-w-[72ch] gap-2">
      <ProgressBar
        aria-label={t('progress')}
        value={run.progress * 100}
        isIndeterminate={run.state === 'waiting'}
        className="grid gap-1"
      >
        {({ percentage }) => (
          <>
            <span className="flex justify-between">
              <span>{t(run.state === 'waiting' ? 'waitingText' : 'runningText')}</span>
              <span>{run.state === 'running' && t('percent', { percent: Math.floor(percentage ?? 0) })}</span>
            </span>
            <span className="block h-1.5 overflow-hidden rounded-[3px] bg-line">
              <span className="block h-full bg-accent" style={{ width: `${percentage ?? 0}%` }} />
            </span>
          </>
        )}
      </ProgressBar>
      {run.errorCode !== null && (
        <p className="text-attention">
          {t('againText')} <code className="font-mono text-meta">{run.errorCode}</code>
        </p>
      )}
      <p className="text-meta text-muted">{t('leaveText')}</p>
    </div>
  );
}
