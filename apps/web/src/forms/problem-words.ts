import type { ApiProblem } from '../api-client/api-problem.ts';

/**
 * The form's own words for a refusal: for its code with reason (`conflict/address-taken`), or for its code alone. What is
 * only known to be invalid has the field's words where the field is known; undefined leaves it to the usual words.
 */
export function ownWords(
  problem: ApiProblem | null,
  words: Readonly<Record<string, string>>,
  invalidField?: string,
): string | undefined {
  if (problem === null) return undefined;
  const withReason = words[`${problem.code}/${String(problem.params['reason'])}`];
  if (withReason !== undefined) return withReason;
  if (problem.code === 'request-invalid' && invalidField !== undefined) return invalidField;
  return words[problem.code];
}
