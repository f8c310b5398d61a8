import type { AuditAction } from './audit-actions.ts';

/** Who acts. A person before the sign-in is `anonymous`, with what was typed as the name. */
export interface AuditActor {
  readonly kind: 'user' | 'api-key' | 'system' | 'anonymous';
  /** Null when nobody is known yet. */
  readonly id: string | null;
  readonly name: string;
  readonly email?: string | undefined;
  readonly role?: string | undefined;
}

/** From where: the address of the caller, or the name of the product's own part. */
export interface AuditOrigin {
  readonly address: string;
  readonly userAgent?: string | undefined;
  readonly requestId?: string | undefined;
}

/** What was affected: `{kind: 'event', id: 'AZndwAAAcACAAAAAAAAAAQ.17'}`, `{kind: 'log-group', name: 'db/audit'}`. */
export interface AuditTarget {
  readonly kind: string;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
}

export type AuditDetail = string | number | boolean | null | readonly string[] | undefined;

/** One act, as the code that does it tells it. Secrets and log content have no place in it. */
export interface AuditEvent {
  readonly action: AuditAction;
  readonly outcome: 'success' | 'failure';
  /** Why it failed: the code of the problem. */
  readonly reason?: string | undefined;
  /** Without one: the action itself names what it reads, such as the list of log groups. */
  readonly target?: AuditTarget | undefined;
  /** The search, in the searcher's own words; bounded here, masked by the pipeline. */
  readonly query?: string | undefined;
  /** The range of time that was looked at, RFC 3339. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly logGroups?: readonly string[] | undefined;
  /** How many events, rows or times. */
  readonly count?: number | undefined;
  readonly details?: Readonly<Record<string, AuditDetail>> | undefined;
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}
