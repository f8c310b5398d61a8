import { ApiProblem } from '../api-client/api-problem.ts';

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
