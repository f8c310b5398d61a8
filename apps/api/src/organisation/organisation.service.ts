import { Inject, Injectable } from '@nestjs/common';
import { contact, type OrganisationAnswer, type OrganisationChangeRequest } from '@akashi/contracts';
import type { OrganisationSettings } from '@akashi/database';
import { checkSecuritySettings, effectiveQuotas, effectiveSecuritySettings, securityLimits } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { readStoredWords } from './stored-words.ts';

/** The settings of the caller's own organisation. */
@Injectable()
export class OrganisationService {
  readonly #parts: Pick<ApiParts, 'database'>;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async get(context: RequestContext): Promise<OrganisationAnswer> {
    const stored = await this.#parts.database.forTenant(context.tenantId).organisation.get();
    return describeOrganisation(context.tenantId, stored);
  }

  /** Changes what is named, and nothing when any of it cannot be (PCI DSS limits can only be tightened). */
  async change(context: RequestContext, wanted: OrganisationChangeRequest): Promise<OrganisationAnswer> {
    const { organisation } = this.#parts.database.forTenant(context.tenantId);
    const stored = await organisation.get();
    const before = describeOrganisation(context.tenantId, stored);
    const security = wanted.security === undefined ? undefined : readSecurity(stored.security, wanted.security);
    const change = { ...wanted, security };
    const after = describeOrganisation(context.tenantId, Object.assign({}, stored, withoutUndefined(change)));
    await this.#trail.record(context, {
      action: 'settings.change',
      outcome: 'success',
      target: { kind: 'organisation', id: context.tenantId, name: stored.slug },
      before: settingsOf(before),
      after: settingsOf(after),
    });
    await organisation.change(change);
    return this.get(context);
  }
}

/** The stored limits with the wanted ones; null takes one back to the installation's. */
function readSecurity(stored: unknown, wanted: Readonly<Record<string, number | null>>): Record<string, number> {
  const own = typeof stored === 'object' && stored !== null ? stored : {};
  const merged = Object.entries({ ...own, ...wanted }).filter(([, value]) => value !== null);
  const checked = checkSecuritySettings(Object.fromEntries(merged));
  if (checked.ok) return { ...checked.settings };
  const { refusal } = checked;
  if (refusal.code === 'too-weak') {
    const { setting, limit, requirement } = refusal;
    const params = { setting, limit, ...(requirement === null ? {} : { requirement }) };
    throw new AppError('setting-too-weak', { params, reason: setting, detail: `security.${setting}` });
  }
  throw new AppError('request-invalid', { detail: `security.${refusal.setting}: ${refusal.code}` });
}

function describeOrganisation(id: string, stored: OrganisationSettings): OrganisationAnswer {
  const people = contact.array().safeParse(stored.contacts);
  return {
    id,
    slug: stored.slug,
    nameJa: stored.nameJa,
    nameEn: stored.nameEn,
    timeZone: stored.timeZone,
    ...readStoredWords(stored),
    createdAt: stored.createdAt.toISOString(),
    contacts: people.success ? people.data : [],
    sealIntervalSeconds: stored.sealIntervalSeconds,
    security: { ...effectiveSecuritySettings(stored.security) },
    securityLimits: { ...securityLimits },
    quotas: effectiveQuotas(stored.quotas),
    storedBytes: stored.storedBytes,
  };
}

function settingsOf(answer: OrganisationAnswer): Record<string, unknown> {
  const { nameJa, nameEn, timeZone, language, contacts, sealIntervalSeconds, security } = answer;
  const limits = Object.entries(security).map(([name, value]) => [`limit.${securityLabel(name)}`, value]);
  return {
    nameJa,
    nameEn,
    timeZone,
    language,
    contacts,
    sealIntervalSeconds,
    ...Object.fromEntries(limits),
  };
}

/** The trail hides the values of whatever is called a password; these are lengths and counts. */
function securityLabel(name: string): string {
  return name.replace(/^password/, 'pw');
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Partial<T>;
}
