import type { AuditEvent } from '@akashi/audit-trail';
import { isObject } from './is-object.ts';
import type { AuditedCall } from './route-audit.ts';

/** Which days were looked at. */
export function describeCalendar({ query, answer }: AuditedCall): Partial<AuditEvent> {
  const items = isObject(answer) ? answer['items'] : undefined;
  return {
    count: Array.isArray(items) ? items.length : undefined,
    details: { from_day: text(query['from']), to_day: text(query['to']) },
  };
}

export function describeReview({ params, query }: AuditedCall): Partial<AuditEvent> {
  return {
    target: { kind: 'log-review', id: params['day'], name: params['day'] },
    details: { format: text(query['format']) },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
