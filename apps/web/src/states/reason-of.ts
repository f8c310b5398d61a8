import type { ApiProblem } from '../api-client/api-problem.ts';

/** Why a request got no answer, as a key of `errors.why`. */
export function reasonOf(
  problem: ApiProblem | null,
): 'notConfirmed' | 'unreachable' | 'notFound' | 'notPermitted' | 'refused' | 'tooMany' | 'server' | 'unreadable' {
  if (!problem || problem.status === 0) return 'unreachable';
  if (problem.code === 'step-up-required') return 'notConfirmed';
  if (problem.status === 403) return 'notPermitted';
  if (problem.status === 404) return 'notFound';
  if (problem.status === 429) return 'tooMany';
  if (problem.status >= 500) return 'server';
  return problem.status >= 400 ? 'refused' : 'unreadable';
}
