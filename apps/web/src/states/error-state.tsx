'use client';

import { useTranslations } from 'next-intl';
import { Button } from 'react-aria-components';
import { ApiProblem } from '../api-client/api-problem.ts';

interface ErrorStateProps {
  what: 'search' | 'event' | 'context' | 'proof' | 'sources' | 'integrity';
  error: unknown;
  onRetry: () => void;
}

/** What failed, what still works, what to do, and an id to quote. */
export function ErrorState({ what, error, onRetry }: ErrorStateProps) {
  const t = useTranslations('errors');
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert" className="max-w-[72ch] p-6">
      <h2 className="mb-2 text-body font-medium text-bad">{t(`failed.${what}`)}</h2>
      <p className="mb-1">{t(`why.${reasonOf(problem)}`)}</p>
      <p className="mb-4 text-muted">{t('stillWorks')}</p>
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

function reasonOf(
  problem: ApiProblem | null,
): 'unreachable' | 'notFound' | 'refused' | 'tooMany' | 'server' | 'unreadable' {
  if (!problem || problem.status === 0) return 'unreachable';
  if (problem.status === 404) return 'notFound';
  if (problem.status === 429) return 'tooMany';
  if (problem.status >= 500) return 'server';
  return problem.status >= 400 ? 'refused' : 'unreadable';
}
