import { ApiProblem } from '../api-client/api-problem.ts';

/** Codes that are about one field in every form that has it. */
const usualFields: Readonly<Record<string, string>> = {
  'name-taken': 'name',
  'slug-taken': 'slug',
  'query-unreadable': 'rowFilter',
};

/**
 * Names of the fields that a refusal may be about, the likeliest first: what the form says of its code, then the place at
 * the head of the API's detail (`contacts.0.email: …`) and the places around it.
 */
export function fieldCandidates(error: unknown, fields: Readonly<Record<string, string>> = {}): string[] {
  if (!(error instanceof ApiProblem)) return [];
  const known = { ...usualFields, ...fields };
  const byCode = known[`${error.code}/${String(error.params['reason'])}`] ?? known[error.code];
  const { detail } = error.params;
  const place = typeof detail === 'string' ? /^([A-Za-z_][\w-]*(?:\.[\w-]+)*)(?:: |$)/.exec(detail)?.[1] : undefined;
  const steps = place?.split('.') ?? [];
  return [
    ...(byCode === undefined ? [] : [byCode]),
    ...steps.map((_, index) => steps.slice(0, steps.length - index).join('.')),
  ];
}
