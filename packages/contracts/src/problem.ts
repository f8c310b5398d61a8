import { z } from 'zod';

/** Every code that an answer of the API or of the intake can carry. */
export const problemCodes = [
  'request-invalid',
  'query-unreadable',
  'name-invalid',
  'body-invalid',
  'time-range-invalid',
  'cursor-invalid',
  'unauthenticated',
  'sign-in-failed',
  'forbidden',
  'second-factor-required',
  'step-up-required',
  'second-factor-failed',
  'password-refused',
  'invitation-gone',
  'factor-last',
  'conflict',
  'provider-refused',
  'provider-unavailable',
  'mail-unavailable',
  'approval-required',
  'csrf-refused',
  'setting-too-weak',
  'tenant-suspended',
  'tenant-closed',
  'slug-taken',
  'name-taken',
  'last-administrator',
  'review-open',
  'review-undecided',
  'decided-before',
  'quota-exceeded',
  'not-found',
  'method-not-allowed',
  'idempotency-conflict',
  'cursor-expired',
  'too-large',
  'media-type-unsupported',
  'too-many-requests',
  'backlog-full',
  'disk-full',
  'unavailable',
  'database-unavailable',
  'search-unavailable',
  'queue-unavailable',
  'archive-unavailable',
  'audit-trail-unavailable',
  'search-timeout',
  'segment-missing',
  'segment-unreadable',
  'archive-conflict',
  'evidence-altered',
  'key-missing',
  'internal',
] as const;

export type ProblemCode = (typeof problemCodes)[number];

/** RFC 9457. `position` and `length` count UTF-16 units of the query, or records and bytes of a body, from 0. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.enum(problemCodes),
    detail: z.string().optional(),
    requestId: z.string(),
    params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    position: z.number().int().optional(),
    length: z.number().int().optional(),
    reason: z.string().optional().meta({ description: 'A finer code, such as why a query cannot be read' }),
    suggestion: z.string().optional(),
  })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problem>;
