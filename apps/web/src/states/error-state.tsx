'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import type ja from '../../messages/ja.json';
import { ApiProblem } from '../api-client/api-problem.ts';
import { reasonOf } from './reason-of.ts';

/** What can fail, as a key of `errors.failed`. */
export type ErrorSubject = keyof (typeof ja)['errors']['failed'];

interface ErrorStateProps {
  what: ErrorSubject;
  error: unknown;
  onRetry: () => void;
}

/** What failed, what still works, what to do, and an id to quote. */
export function ErrorState({ what, error, onRetry }: ErrorStateProps) {
  const t = useTranslations('errors');
  const problem = error instanceof ApiProblem ? error : null;
  const reason = reasonOf(problem);
  return (
    <div role="alert" className="max-w-[72ch] p-6">
      <h2 className="mb-2 text-body font-medium text-bad">{t(`failed.${what}`)}</h2>
      <p className="mb-1">{t(`why.${reason}`)}</p>
      <p className="mb-4 text-muted">{t(reason === 'unreachable' ? 'intakeUnknown' : 'kept')}</p>
      <Button className="control" onPress={onRetry}>
        {t('retry')}
      </Button>
      {problem?.requestId && (
        <p className="mt-4 text-meta text-muted">
          {t('quote')} <code className="font-mono select-all">{problem.requestId}</code>
        </p>
      )}
    </div>
  );
}
