import { applyDecorators } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '@akashi/server-kit';

/** Codes that only this route answers, besides those that follow from what it is. */
export const Problems = (...codes: ErrorCode[]): MethodDecorator =>
  applyDecorators(ApiExtension('x-akashi-problems', codes));

export interface RouteFacts {
  readonly method: string;
  readonly path: string;
  readonly hasBody: boolean;
  readonly hasQuery: boolean;
  /** As the route's rule stands in the document: `open`, `signed-in`, `stage:…` or a permission. */
  readonly rule: string;
  readonly needsStepUp: boolean;
  readonly isAudited: boolean;
  readonly own: readonly ErrorCode[];
}

/** By path: what the parts behind a route can say. */
const byPath: readonly [RegExp, readonly ErrorCode[]][] = [
  [
    /^\/v1\/(search|audit-trail)/,
    [
      'query-unreadable',
      'time-range-invalid',
      'cursor-invalid',
      'cursor-expired',
      'too-many-requests',
      'quota-exceeded',
      'search-unavailable',
      'search-timeout',
    ],
  ],
  [
    /^\/v1\/events\//,
    [
      'search-unavailable',
      'event-disposed',
      'event-removed',
      'not-sealed-yet',
      'evidence-altered',
      'key-missing',
      'archive-unavailable',
      'too-many-requests',
    ],
  ],
  [/^\/v1\/(events|log-groups|sources)/, ['quota-exceeded']],
  [/^\/v1\/log\//, ['cursor-invalid', 'key-missing']],
  [/^\/v1\/session/, ['sign-in-failed', 'second-factor-failed', 'too-many-requests']],
  [/^\/v1\/identity-providers$/, ['issuer-unusable']],
  [/^\/v1\/access-keys/, ['name-taken', 'conflict', 'setting-too-weak']],
  [/^\/v1\/sources/, ['name-taken', 'conflict']],
  [/^\/v1\/(access-groups|grants|access-grants)/, ['name-taken', 'approval-required', 'conflict']],
  [/^\/v1\/access-reviews/, ['review-open', 'review-undecided', 'decided-before', 'own-membership']],
  [
    /^\/v1\/(members|invitations)/,
    ['last-administrator', 'invitation-gone', 'mail-unavailable', 'conflict', 'name-taken'],
  ],
  [/^\/v1\/profile\/signing-credentials/, ['signature-refused', 'search-unavailable']],
  [/^\/v1\/(profile|invitations|enrolment)/, ['password-refused', 'second-factor-failed', 'factor-last', 'conflict']],
  [
    /^\/v1\/(organisation|platform)/,
    ['setting-too-weak', 'slug-taken', 'conflict', 'tenant-suspended', 'tenant-closed'],
  ],
];

const always: readonly ErrorCode[] = ['internal', 'unavailable', 'database-unavailable'];

/** Every code that the route can answer. */
export function problemsOf(route: RouteFacts): ErrorCode[] {
  const codes = new Set<ErrorCode>([...always, ...route.own]);
  if (route.hasBody || route.hasQuery) codes.add('request-invalid');
  if (route.hasBody) for (const code of ['too-large', 'media-type-unsupported'] as const) codes.add(code);
  if (route.path.includes('{')) codes.add('not-found');
  if (route.hasBody || route.hasQuery || route.path.includes('{')) codes.add('card-data-refused');
  if (route.isAudited && (route.hasBody || route.hasQuery)) codes.add('record-too-large');
  if (route.rule !== 'open')
    for (const code of ['unauthenticated', 'forbidden', 'second-factor-required'] as const) codes.add(code);
  if (route.method !== 'get') codes.add('csrf-refused');
  if (route.needsStepUp) codes.add('step-up-required');
  if (route.isAudited) codes.add('audit-trail-unavailable');
  for (const [pattern, answered] of byPath) if (pattern.test(route.path)) for (const code of answered) codes.add(code);
  return [...codes];
}
