import { Inject, Injectable } from '@nestjs/common';
import type { AuditEvent } from '@akashi/audit-trail';
import type { TenantId } from '@akashi/database';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail, type AuditContext } from './audit-trail.ts';
import { ensurePlatformTenant, PlatformHome } from './platform-tenant.ts';

/** What concerns an organisation and the installation stands in the trails of both. */
@Injectable()
export class PlatformTrail {
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #home: PlatformHome;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'keyring'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
  ) {
    this.#trail = trail;
    this.#home = new PlatformHome({ ensure: () => ensurePlatformTenant(parts) });
  }

  /** Resolves when both have it; the organisation's own first. */
  async recordBoth(context: AuditContext, tenantId: TenantId, event: AuditEvent): Promise<void> {
    await this.#trail.record({ ...context, tenantId }, event);
    await this.recordHere(context, event, tenantId);
  }

  /** In the platform's trail alone, with the organisation named. */
  async recordHere(context: Omit<AuditContext, 'tenantId'>, event: AuditEvent, tenantId?: TenantId): Promise<void> {
    const home = await this.#home.id();
    if (tenantId === home) return;
    const details = { ...event.details, ...(tenantId === undefined ? {} : { tenant: tenantId }) };
    await this.#trail.record({ ...context, tenantId: home }, { ...event, details });
  }
}
