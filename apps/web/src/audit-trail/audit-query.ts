import type { AuditState } from './use-audit-state.ts';

export type AuditCondition = Pick<AuditState, 'group' | 'action' | 'actor' | 'target' | 'outcome'>;

/** The same acts as a query of the explorer. */
export function auditQuery({ group, action, actor, target, outcome }: AuditCondition): string {
  const parts = ['log.group:akashi/audit'];
  if (action !== null) parts.push(`event.action:${quoted(action)}`);
  if (group !== null) parts.push(`akashi.audit.group:${quoted(group)}`);
  if (actor !== '') parts.push(anyOf(['user.id', 'user.name', 'user.email'], actor));
  if (target !== '') parts.push(anyOf(['akashi.audit.target.id', 'akashi.audit.target.name'], target));
  if (outcome !== null) parts.push(`event.outcome:${outcome}`);
  return parts.join(' ');
}

function anyOf(fields: readonly string[], value: string): string {
  return `(${fields.map((field) => `${field}:${quoted(value)}`).join(' OR ')})`;
}

function quoted(value: string): string {
  return /^[\w.@-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, (character) => `\\${character}`)}"`;
}
