import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  NewPlatformTenant,
  NewRecoveryRequest,
  OperatorAccessesAnswer,
  PlatformTenant,
  PlatformTenantsAnswer,
  QuotasChange,
  TenantAdministrator,
} from '@akashi/contracts';
import { tenantId, type TenantId, type TenantOverview, type TenantStatus } from '@akashi/database';
import { defaultQuotas, effectiveQuotas } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { readStoredWords } from '../organisation/stored-words.ts';
import { supportState } from '../organisation/support-access.service.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { FirstAdministrator } from './first-administrator.ts';
import { platformSlug } from '../audit-trail/platform-tenant.ts';
import { PlatformTrail } from '../audit-trail/platform-trail.ts';
import { RecoveryService } from '../recovery/recovery.service.ts';

const statusActions = { active: 'tenant.resume', suspended: 'tenant.suspend', closed: 'tenant.close' } as const;

interface StatusChange {
  readonly status: TenantStatus;
  readonly reason: string;
  /** The slug, for what has no way back. */
  readonly confirm?: string;
}

/** The life of organisations, for the installation's own people. Each act stands in the trails of both sides. */
@Injectable()
export class PlatformTenantsService {
  readonly #parts: Pick<ApiParts, 'database' | 'keyring' | 'search' | 'clock'>;
  readonly #trail: Pick<PlatformTrail, 'recordBoth' | 'recordHere'>;
  readonly #administrators: Pick<FirstAdministrator, 'check' | 'invite'>;
  readonly #recoveries: Pick<RecoveryService, 'request'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'keyring' | 'search' | 'clock'>,
    @Inject(PlatformTrail) trail: Pick<PlatformTrail, 'recordBoth' | 'recordHere'>,
    @Inject(FirstAdministrator) administrators: Pick<FirstAdministrator, 'check' | 'invite'>,
    @Inject(RecoveryService) recoveries: Pick<RecoveryService, 'request'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#administrators = administrators;
    this.#recoveries = recoveries;
  }

  async list(): Promise<PlatformTenantsAnswer> {
    const found = await this.#parts.database.platform.tenantOverviews();
    return { items: found.map(describeTenant) };
  }

  async get(id: string): Promise<PlatformTenant> {
    return describeTenant(await this.#find(id));
  }

  /** Keys, log and archive prefix of its own, and an invitation for the first administrator. */
  async create(context: RequestContext, wanted: NewPlatformTenant): Promise<PlatformTenant> {
    const { database, keyring } = this.#parts;
    const { admin, ...details } = wanted;
    const isTaken = (await database.platform.listTenants()).some(({ slug }) => slug === details.slug);
    if (isTaken || details.slug === platformSlug) throw new AppError('slug-taken');
    await this.#administrators.check(admin);
    const id = tenantId(randomUUID());
    const event = {
      action: 'tenant.create',
      outcome: 'success',
      target: { kind: 'tenant', id, name: details.slug },
      after: { ...details },
    } as const;
    // Its own trail begins with this, so that its keys are there before itself.
    await keyring.createTenantKeys(id);
    await this.#trail.recordBoth(context, id, event);
    const made = await database.platform.createTenant({ ...details, id });
    if (made.id !== id) throw new AppError('slug-taken');
    const invitationSent = await this.#administrators.invite(context, made, admin);
    return { ...(await this.get(id)), invitationSent };
  }

  /** For an organisation in which nobody ever was: its administrators invite everybody else. */
  async inviteAdministrator(context: RequestContext, id: string, admin: TenantAdministrator): Promise<PlatformTenant> {
    const found = await this.#find(id);
    if (found.status !== 'active' || found.kind === 'platform') throw new AppError('conflict');
    if (found.hadPeople) throw new AppError('conflict', { reason: 'had-people' });
    await this.#administrators.check(admin);
    const invitationSent = await this.#administrators.invite(context, found, admin);
    return { ...(await this.get(id)), invitationSent };
  }

  /** For an organisation that had people and has no administrator any more: its own contacts are asked. */
  async requestRecovery(context: RequestContext, id: string, wanted: NewRecoveryRequest): Promise<PlatformTenant> {
    const found = await this.#find(id);
    if (found.status !== 'active' || found.kind === 'platform') throw new AppError('conflict');
    if (!found.hadPeople) throw new AppError('conflict', { reason: 'never-had-people' });
    if (found.administrators > 0) throw new AppError('conflict', { reason: 'has-administrator' });
    const invitationSent = await this.#recoveries.request(context, found, wanted);
    return { ...(await this.get(id)), invitationSent };
  }

  async setStatus(
    context: RequestContext,
    id: string,
    { status, reason, confirm }: StatusChange,
  ): Promise<PlatformTenant> {
    const before = await this.#find(id);
    if (before.kind === 'platform') throw new AppError('forbidden', { reason: 'platform-tenant' });
    if (before.status === 'closed') throw new AppError('tenant-closed');
    if (status === 'closed' && confirm !== before.slug) {
      throw new AppError('request-invalid', {
        detail: 'confirm: must be the slug of the organisation',
        reason: 'confirm',
      });
    }
    await this.#trail.recordBoth(context, before.id, {
      action: statusActions[status],
      outcome: 'success',
      target: { kind: 'tenant', id, name: before.slug },
      details: { why: reason },
      before: { status: before.status },
      after: { status },
    });
    const changed = await this.#parts.database.platform.setTenantStatus(before.id, status);
    if (changed === null) throw new AppError('tenant-closed');
    return this.get(id);
  }

  async setQuotas(context: RequestContext, id: string, wanted: QuotasChange): Promise<PlatformTenant> {
    const before = await this.#find(id);
    if (before.status === 'closed') throw new AppError('tenant-closed');
    const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
    const quotas = Object.fromEntries(given) as Record<string, number | null>;
    await this.#trail.recordBoth(context, before.id, {
      action: 'quota.change',
      outcome: 'success',
      target: { kind: 'tenant', id, name: before.slug },
      before: { ...effectiveQuotas(before.quotas) },
      after: { ...effectiveQuotas(quotas) },
    });
    await this.#parts.database.platform.setTenantQuotas(before.id, quotas);
    return this.get(id);
  }

  /** What organisations let the caller see. */
  async supportAccess(context: RequestContext): Promise<OperatorAccessesAnswer> {
    const { email } = context.actor;
    if (email === undefined) return { items: [] };
    const found = await this.#parts.database.platform.listOperatorAccess({ email, current: false });
    return {
      items: found.map((access) => ({
        id: access.id,
        tenant: {
          id: access.tenantId,
          slug: access.tenantSlug,
          nameJa: access.tenantNameJa,
          nameEn: access.tenantNameEn,
        },
        purpose: access.purpose,
        logGroups: access.logGroups,
        grantedAt: access.grantedAt.toISOString(),
        endsAt: access.endsAt.toISOString(),
        revokedAt: access.revokedAt?.toISOString() ?? null,
        state: supportState(access, this.#parts.clock.now()),
      })),
    };
  }

  async #find(id: string): Promise<TenantOverview> {
    const only: TenantId = tenantId(id.toLowerCase());
    const [found] = await this.#parts.database.platform.tenantOverviews(only);
    if (found === undefined) throw new AppError('not-found');
    return found;
  }
}

function describeTenant(found: TenantOverview): PlatformTenant {
  const quotas = effectiveQuotas(found.quotas);
  return {
    id: found.id,
    slug: found.slug,
    kind: found.kind === 'platform' ? 'platform' : 'customer',
    nameJa: found.nameJa,
    nameEn: found.nameEn,
    timeZone: found.timeZone,
    ...readStoredWords(found),
    createdAt: found.createdAt.toISOString(),
    suspendedAt: found.suspendedAt?.toISOString() ?? null,
    closedAt: found.closedAt?.toISOString() ?? null,
    people: found.people,
    administrator: !found.hadPeople ? 'never' : found.administrators > 0 ? 'present' : 'gone',
    storedBytes: found.storedBytes,
    lastDay: { records: found.dayRecords, bytes: found.dayBytes },
    lastReceivedAt: found.lastReceivedAt?.toISOString() ?? null,
    quotas,
    ownQuotas: (Object.keys(quotas) as (keyof typeof quotas)[]).filter((name) => quotas[name] !== defaultQuotas[name]),
  };
}
