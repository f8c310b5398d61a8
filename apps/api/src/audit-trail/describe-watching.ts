import type { AuditEvent } from '@akashi/audit-trail';
import { isObject } from './is-object.ts';
import type { AuditedCall } from './route-audit.ts';

/** On which time a rule was tried, and what came of it. */
export function describeRuleTry({ body, answer }: AuditedCall): Partial<AuditEvent> {
  const { rule } = body;
  const found = isObject(answer) ? answer : {};
  return {
    target: { kind: 'rule', name: typeof rule === 'string' ? 'sigma' : 'json' },
    from: text(body['from']),
    to: text(body['to']),
    query: typeof rule === 'string' ? rule : JSON.stringify(rule ?? null),
    count: typeof found['count'] === 'number' ? found['count'] : undefined,
    details: { ended: text(found['ended']) },
  };
}

/** Which alerts were listed. */
export function describeAlerts({ query, answer }: AuditedCall): Partial<AuditEvent> {
  const items = isObject(answer) ? answer['items'] : undefined;
  return {
    target: { kind: 'alert', name: text(query['day']) ?? '*' },
    from: text(query['from']),
    to: text(query['to']),
    count: Array.isArray(items) ? items.length : undefined,
    details: {
      severity: text(query['severity']),
      state: text(query['state']),
      rule: text(query['rule']),
      continued: query['cursor'] === undefined ? undefined : true,
    },
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
