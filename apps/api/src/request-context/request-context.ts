import type { TenantId } from '@akashi/database';
import type { AccessScope } from '@akashi/policy';

export interface Actor {
  readonly kind: 'user' | 'api-key';
  readonly id: string;
  readonly name: string;
  /** A person's; programs have none. */
  readonly email?: string;
  /** Decides what the actor may do; programs have `api-client`. */
  readonly role: string;
  /** A program's: the person who answers for its key. It may do and see nothing that this person may not. */
  readonly responsible?: { readonly id: string; readonly role: string };
}

/** Who asks, for which tenant, with which rights: the first argument of every service method. */
export interface RequestContext {
  readonly tenantId: TenantId;
  /** The tenant's IANA zone. */
  readonly timeZone: string;
  readonly actor: Actor;
  /** What the actor may see; the only thing that reading calls take. */
  readonly scope: AccessScope;
  readonly requestId: string;
  readonly language: 'ja' | 'en';
  /** The second factor was proven within the last minutes. No program can do that. */
  readonly isSteppedUp?: true;
  /** One of the installation's people, let in by the tenant for a while. */
  readonly isSupport?: true;
  /** Where the request came from. */
  readonly address: string;
  readonly userAgent?: string;
}
