'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';
import type { ErrorSubject } from './error-state.tsx';
import { reasonOf } from './reason-of.ts';

interface RefreshFailedProps {
  what: ErrorSubject;
  /** Null while nothing has failed. */
  error: unknown;
  onRetry: () => void;
  /** The last picture; it is drawn in the same place whether or not something failed, and so keeps its state. */
  children: ReactNode;
  className?: string;
}

/** What failed, above the last picture, which stays in sight and is dimmed because it is no longer the newest. */
export function RefreshFailed({ what, error, onRetry, children, className = '' }: RefreshFailedProps) {
  const failed = error !== null && error !== undefined;
  return (
    <>
      {failed && <FailureNotice what={what} error={error} onRetry={onRetry} />}
      <div className={failed ? `opacity-60 ${className}` : className || 'contents'}>{children}</div>
    </>
  );
}

/** What failed, in a line, with the way to try again. */
export function FailureNotice({ what, error, onRetry }: Pick<RefreshFailedProps, 'what' | 'error' | 'onRetry'>) {
  const t = useTranslations('errors');
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert" className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-1 border-l-2 border-bad py-1 pl-3">
      <p className="min-w-0 flex-1 basis-80">
        <span className="font-medium text-bad">{t(`failed.${what}`)}</span> {t(`why.${reasonOf(problem)}`)}{' '}
        {t('lastPicture')}
        {problem?.requestId && (
          <span className="ml-2 text-meta text-muted">
            {t('quote')} <code className="font-mono select-all">{problem.requestId}</code>
          </span>
        )}
      </p>
      <Button className="control control-small" onPress={onRetry}>
        {t('retry')}
      </Button>
    </div>
  );
}
