import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { AuditAction, AuditEvent } from '@akashi/audit-trail';

/** A call as the description of its audit event sees it. `answer` is undefined when the call failed. */
export interface AuditedCall {
  readonly body: Readonly<Record<string, unknown>>;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly answer: unknown;
}

export type DescribeCall = (call: AuditedCall) => Partial<Omit<AuditEvent, 'action' | 'outcome' | 'reason'>>;

/** How a route comes on record. */
export type RouteAudit =
  /** The interceptor records it, before the answer is sent. */
  | { readonly kind: 'answer'; readonly action: AuditAction; readonly describe: DescribeCall; readonly isSearch?: true }
  /** The code behind it records it, because the event belongs before the change; the interceptor records what fails. */
  | { readonly kind: 'inside'; readonly actions: readonly [AuditAction, ...AuditAction[]] }
  | { readonly kind: 'none'; readonly reason: string };

const auditKey = Symbol('route audit');

function audit(value: RouteAudit, shown: string): MethodDecorator {
  return applyDecorators(SetMetadata(auditKey, value), ApiExtension('x-akashi-audit', shown));
}

/** For reading: recorded with its outcome before the answer is sent; without the record there is no answer. */
export const Audited = (action: AuditAction, describe: DescribeCall = () => ({})): MethodDecorator =>
  audit({ kind: 'answer', action, describe }, action);

/** For the calls of a search: those that are parts of one that is on record are not on record again. */
export const AuditedAsSearch = (action: AuditAction, describe: DescribeCall): MethodDecorator =>
  audit({ kind: 'answer', action, describe, isSearch: true }, action);

/** For changes: the service calls `AuditTrail.record` itself, before or inside the transaction that changes something. */
export const AuditedInside = (...actions: [AuditAction, ...AuditAction[]]): MethodDecorator =>
  audit({ kind: 'inside', actions }, actions.join(' '));

/** For the few routes that show nothing of anybody's and change nothing. */
export const NotAudited = (reason: string): MethodDecorator => audit({ kind: 'none', reason }, `none: ${reason}`);

export function auditOf(handler: object): RouteAudit | undefined {
  return Reflect.getMetadata(auditKey, handler) as RouteAudit | undefined;
}
