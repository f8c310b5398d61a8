import type { AuditActionKind } from './audit-action.ts';
import { peopleActions } from './people-actions.ts';
import { reportActions } from './report-actions.ts';
import { reviewActions } from './review-actions.ts';
import { systemActions } from './system-actions.ts';
import { watchingActions } from './watching-actions.ts';

const actions = { ...peopleActions, ...reportActions, ...reviewActions, ...systemActions, ...watchingActions };

/** Everything that people, programs and the product itself do and that is on record, by its name in `event.action`. */
export type AuditAction = keyof typeof actions;

export const auditActions: Readonly<Record<AuditAction, AuditActionKind>> = Object.freeze(actions);

export const auditActionNames = Object.keys(actions) as AuditAction[];

export function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(actions, name);
}
