import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type {
  AccessKeyAnswer,
  AccessKeysAnswer,
  AccessKeyValues,
  AccessKeyWithSecret,
  KeyRotationRequest,
  NewAccessKeyRequest,
} from '@akashi/contracts';
import type { AccessKey, AccessKeys } from '@akashi/database';
import {
  accessKeyBytes,
  decideExpiry,
  formatAccessKey,
  parseAddressRange,
  scopeOfLogGroups,
  type AccessScope,
} from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { encodingLabel } from '../sources/encoding-label.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { sha256 } from '../request-context/authentication.guard.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { scopeOfPerson } from '../request-context/person-scope.ts';
import { checkMayGive, checkMayTake } from './check-may-give.ts';

type Kind = 'ingest' | 'api';

/** The keys of programs. Each change is on record before it is made; a secret is in one answer and nowhere else. */
@Injectable()
export class AccessKeysService {
  readonly #parts: Pick<ApiParts, 'database' | 'auditTrail' | 'clock'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'auditTrail' | 'clock'>) {
    this.#parts = parts;
  }

  async list(context: RequestContext): Promise<AccessKeysAnswer> {
    const keys = await this.#keys(context).list();
    return { items: keys.map((key) => this.#describe(key)) };
  }

  async get(context: RequestContext, id: string): Promise<AccessKeyAnswer> {
    return this.#describe(await this.#find(context, id));
  }

  async create(context: RequestContext, request: NewAccessKeyRequest): Promise<AccessKeyWithSecret> {
    const { kind } = request;
    const scope = readScope(context, { kind, now: this.#parts.clock.now() }, request);
    const id = randomUUID();
    const secret = newSecret(kind);
    const me = context.actor.id;
    const key = { id, kind, ...scope, sha256: sha256(secret), createdBy: me, responsibleId: me };
    const outcome = await this.#keys(context).create(key, () =>
      this.#parts.auditTrail.record(context, {
        action: 'key.create',
        outcome: 'success',
        target: { kind: 'access-key', id, name: scope.name },
        after: { kind, ...scope, responsible: context.actor.email },
      }),
    );
    if (outcome === 'name-taken') throw new AppError('name-taken');
    return { key: await this.get(context, id), secret };
  }

  async change(context: RequestContext, id: string, request: AccessKeyValues): Promise<AccessKeyAnswer> {
    const before = await this.#find(context, id);
    await this.#checkMayTake(context, before);
    const given =
      request.expiresAt === undefined ? { ...request, expiresAt: before.expiresAt?.toISOString() ?? null } : request;
    const read = readScope(context, { kind: before.kind, now: this.#parts.clock.now() }, given);
    const scope = request.encoding === undefined ? { ...read, encoding: before.encoding } : read;
    const { name, logGroups, addressRanges, expiresAt, encoding } = before;
    const outcome = await this.#keys(context).change(id, scope, () =>
      this.#parts.auditTrail.record(context, {
        action: 'key.change',
        outcome: 'success',
        target: { kind: 'access-key', id, name },
        before: { name, logGroups, addressRanges, expiresAt, encoding },
        after: { ...scope },
      }),
    );
    if (outcome === 'not-found') throw new AppError('conflict', { reason: 'revoked' });
    if (outcome === 'name-taken') throw new AppError('name-taken');
    return this.get(context, id);
  }

  /** Whoever rotates a key is responsible for it from now on. */
  async rotate(context: RequestContext, id: string, request: KeyRotationRequest): Promise<AccessKeyWithSecret> {
    const before = await this.#find(context, id);
    await this.#checkMayTake(context, before);
    const { kind, name } = before;
    const expiresAt = readExpiry(kind, request.expiresAt, this.#parts.clock.now());
    const formerEndsAt = new Date(this.#parts.clock.nowMs() + request.overlapHours * 3_600_000);
    const secret = newSecret(kind);
    const rotation = { sha256: sha256(secret), formerEndsAt, expiresAt, responsibleId: context.actor.id };
    const rotated = await this.#keys(context).rotate(id, rotation, () =>
      this.#parts.auditTrail.record(context, {
        action: 'key.rotate',
        outcome: 'success',
        target: { kind: 'access-key', id, name },
        before: { expiresAt: before.expiresAt, responsible: before.responsible?.email ?? null },
        after: { expiresAt, formerEndsAt, responsible: context.actor.email },
      }),
    );
    if (!rotated) throw new AppError('conflict', { reason: 'revoked' });
    return { key: await this.get(context, id), secret };
  }

  /** Revoking twice is revoking once. */
  async revoke(context: RequestContext, id: string): Promise<void> {
    const { name } = await this.#find(context, id);
    await this.#keys(context).revoke(id, () =>
      this.#parts.auditTrail.record(context, {
        action: 'key.revoke',
        outcome: 'success',
        target: { kind: 'access-key', id, name },
      }),
    );
  }

  async #checkMayTake(context: RequestContext, key: AccessKey): Promise<void> {
    checkMayTake(context, key, await this.#reachOf(context, key));
  }

  /** What the person who is responsible for the key sees now. */
  async #reachOf({ tenantId, timeZone }: RequestContext, { responsible }: AccessKey): Promise<AccessScope> {
    if (responsible === null || !responsible.isActive) return scopeOfLogGroups([]);
    const user = await this.#parts.database.forTenant(tenantId).users.find(responsible.id);
    if (user === null) return scopeOfLogGroups([]);
    return scopeOfPerson(this.#parts, { tenantId, timeZone, userId: user.id, role: user.role });
  }

  #keys(context: RequestContext): AccessKeys {
    return this.#parts.database.forTenant(context.tenantId).accessKeys;
  }

  #describe(key: AccessKey): AccessKeyAnswer {
    return describeKey(key, this.#parts.clock.now());
  }

  async #find(context: RequestContext, id: string): Promise<AccessKey> {
    const key = await this.#keys(context).find(id);
    if (key === null) throw new AppError('not-found');
    return key;
  }
}

interface KeyScope {
  name: string;
  logGroups: string[];
  addressRanges: string[];
  expiresAt: Date | null;
  encoding: string | null;
}

function readScope(
  context: RequestContext,
  { kind, now }: { kind: Kind; now: Date },
  request: AccessKeyValues,
): KeyScope {
  checkMayGive(context, kind, request.logGroups);
  for (const [position, range] of request.addressRanges.entries()) {
    if (parseAddressRange(range) !== undefined) continue;
    throw new AppError('request-invalid', { detail: 'addressRanges: is no address or CIDR range', position });
  }
  const { name, logGroups, addressRanges } = request;
  const expiresAt = readExpiry(kind, request.expiresAt, now);
  return { name, logGroups, addressRanges, expiresAt, encoding: encodingLabel(request.encoding ?? null) };
}

function readExpiry(kind: Kind, text: string | null | undefined, now: Date): Date | null {
  const wanted = text === undefined || text === null ? text : new Date(text);
  const decision = decideExpiry(kind, wanted, now);
  if (decision.ok) return decision.expiresAt;
  const params = { requirement: 'pci:4.0.1:8.6.3', maxDays: decision.maxDays };
  throw new AppError('setting-too-weak', { detail: 'expiresAt: must be in the future and near enough', params });
}

function newSecret(kind: Kind): string {
  for (;;) {
    const random = randomBytes(2 * accessKeyBytes);
    if (random.filter((byte) => byte < 248).length >= accessKeyBytes) return formatAccessKey(kind, random);
  }
}

function describeKey(key: AccessKey, now: Date): AccessKeyAnswer {
  const isOver = key.expiresAt !== null && key.expiresAt <= now;
  const { responsible, responsibleSince } = key;
  const hasFormer = key.formerEndsAt !== null && key.formerEndsAt > now;
  return {
    ...key,
    status: key.revokedAt !== null ? 'revoked' : isOver ? 'expired' : 'active',
    responsible:
      responsible === null
        ? null
        : { id: responsible.id, name: responsible.displayName, email: responsible.email, active: responsible.isActive },
    responsibleSince: responsibleSince?.toISOString() ?? null,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    rotatedAt: key.rotatedAt?.toISOString() ?? null,
    formerEndsAt: hasFormer ? (key.formerEndsAt?.toISOString() ?? null) : null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}
