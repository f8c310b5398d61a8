'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiProblem, isStepUpRequired } from '../api-client/api-problem.ts';
import { ErrorState, type ErrorSubject } from './error-state.tsx';
import { NotPermitted } from './not-permitted.tsx';
import { RefreshFailed } from './refresh-failed.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

interface AnswerProps<T> {
  of: Pick<UseQueryResult<T>, 'data' | 'error' | 'isError' | 'refetch'>;
  /** What failed when it fails: a key of `errors.failed`. */
  what: ErrorSubject;
  /** The last answer stays in sight while another question about the same thing fails: lists whose range moves. */
  keepsLast?: boolean;
  children: (data: T) => ReactNode;
}

/**
 * A query's states in one place: waiting, not permitted, failed, and the answer. After a failed refresh the last picture
 * stays, dimmed, below what failed.
 */
export function Answer<T>({ of, what, keepsLast = false, children }: AnswerProps<T>) {
  const { data, error, isError } = of;
  const [last, setLast] = useState(data);
  if (keepsLast && data !== undefined && data !== last) setLast(data);
  const isForbidden = error instanceof ApiProblem && error.status === 403 && !isStepUpRequired(error);
  const shown = data ?? (keepsLast && isError && !isForbidden ? last : undefined);
  const retry = () => void of.refetch();
  if (shown !== undefined) {
    return (
      <RefreshFailed what={what} error={isError ? error : null} onRetry={retry}>
        {children(shown)}
      </RefreshFailed>
    );
  }
  if (isForbidden) return <NotPermitted />;
  if (isError) return <ErrorState what={what} error={error} onRetry={retry} />;
  return <TableSkeleton />;
}
