import { ApiProblem } from '../api-client/api-problem.ts';
import type { RetentionDays } from '../api-client/retention.ts';
import { readDays, type TypedDays } from './days-effect.ts';

/**
 * A change that may need a second person: `waits` when it was noted for one, with nothing of it in force yet. Any other
 * refusal is thrown, so also that there is nobody to ask.
 */
export async function sendOrWait(send: () => Promise<unknown>): Promise<'done' | 'waits'> {
  try {
    await send();
    return 'done';
  } catch (error) {
    if (isWaiting(error)) return 'waits';
    throw error;
  }
}

/** The refusal names the approval that waits; where there is nobody to ask it has another code. */
function isWaiting(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'second-person-required';
}

/** Typed days as they are sent; what is no number of days is refused here, in the words of the form. */
export function sendableDays(typed: TypedDays): RetentionDays {
  const days = readDays(typed);
  if (days === undefined) throw new ApiProblem({ status: 400, code: 'request-invalid', requestId: null, params: {} });
  return days;
}
