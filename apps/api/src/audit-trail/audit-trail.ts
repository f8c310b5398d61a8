import type { AuditActor, AuditEvent } from '@akashi/audit-trail';
import type { TenantId } from '@akashi/database';

/** Who acts and where from. Every RequestContext is one; before a sign-in the caller makes one by hand. */
export interface AuditContext {
  readonly tenantId: TenantId;
  readonly actor: AuditActor;
  readonly address: string;
  readonly requestId?: string | undefined;
  readonly userAgent?: string | undefined;
}

/** Puts acts on record in the tenant's log group `akashi/audit`. Injected by this class. */
export abstract class AuditTrail {
  /**
   * Resolves once the event is on durable storage (after the intake's receipt). Rejects with `audit-trail-unavailable`
   * (503) otherwise: what cannot be recorded does not happen. Changes are recorded before, or inside, the transaction
   * that makes them.
   */
  abstract record(context: AuditContext, event: AuditEvent): Promise<void>;

  /**
   * For what a screen repeats by itself: the first of a minute with the same `key` is recorded as `record` does, the
   * others of that minute are counted in one event at its end.
   */
  abstract recordRepeated(context: AuditContext, event: AuditEvent, key: string): Promise<void>;

  /**
   * For the looks of a search that a screen follows: the first of the same `id` is recorded at once as its start, the
   * others as one event at its end.
   */
  abstract recordFollow(context: AuditContext, event: AuditEvent, id: string): Promise<void>;
}
