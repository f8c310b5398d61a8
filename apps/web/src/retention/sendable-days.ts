import { ApiProblem } from '../api-client/api-problem.ts';
import type { RetentionDays } from '../api-client/retention.ts';
import { readDays, type TypedDays } from './days-effect.ts';

/** Typed days as they are sent; what is no number of days is refused here, in the words of the form. */
export function sendableDays(typed: TypedDays): RetentionDays {
  const days = readDays(typed);
  if (days === undefined) throw new ApiProblem({ status: 400, code: 'request-invalid', requestId: null, params: {} });
  return days;
}
