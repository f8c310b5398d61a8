/** What the API said instead of an answer. `code` and `params` are for words, `requestId` for quoting. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly params: Readonly<Record<string, unknown>>;

  constructor(problem: { status: number; code: string; requestId: string | null; params: Record<string, unknown> }) {
    super(problem.code);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.requestId = problem.requestId;
    this.params = problem.params;
  }
}

export const unreachable = 'unreachable';
export const unreadableAnswer = 'unreadable-answer';

export function isSessionEnded(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401;
}

/** The support access under which the call was made does not hold, or no longer. */
export function isSupportRefused(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'forbidden' && error.params['reason'] === 'support-access';
}

/** The second factor must be proven afresh; nothing was done. */
export function isStepUpRequired(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'step-up-required';
}
