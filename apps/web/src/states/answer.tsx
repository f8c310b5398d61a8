'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProblem, isStepUpRequired } from '../api-client/api-problem.ts';
import { ErrorState, type ErrorSubject } from './error-state.tsx';
import { NotPermitted } from './not-permitted.tsx';
import { TableSkeleton } from './table-skeleton.tsx';

interface AnswerProps<T> {
  of: UseQueryResult<T>;
  /** What failed when it fails: a key of `errors.failed`. */
  what: ErrorSubject;
  children: (data: T) => ReactNode;
}

/** A query's states in one place: waiting, not permitted, failed, and the answer. An old answer outlives a failed refresh. */
export function Answer<T>({ of, what, children }: AnswerProps<T>) {
  if (of.data !== undefined) return children(of.data);
  if (of.error instanceof ApiProblem && of.error.status === 403 && !isStepUpRequired(of.error)) return <NotPermitted />;
  if (of.isError) return <ErrorState what={what} error={of.error} onRetry={() => void of.refetch()} />;
  return <TableSkeleton />;
}
