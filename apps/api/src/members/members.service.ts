import { Inject, Injectable } from '@nestjs/common';
import type { MemberChange, MemberDisabled, MembersAnswer, Member } from '@akashi/contracts';
import type { TenantDatabase, User } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { checkRole, isLastAdministrator } from '../sign-in/member-rules.ts';

/** The people of the caller's own organisation. */
@Injectable()
export class MembersService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;

  constructor(@Inject(apiParts) parts: ApiParts, @Inject(AuditTrail) trail: AuditTrail) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<MembersAnswer> {
    return { items: (await this.#own(context).users.list()).map(describeMember) };
  }

  async get(context: RequestContext, id: string): Promise<Member> {
    return describeMember(await this.#find(context, id));
  }

  /** Role and end of access. What is undefined stays. Nobody changes their own. */
  async change(context: RequestContext, id: string, wanted: MemberChange): Promise<Member> {
    const user = await this.#find(context, id);
    this.#refuseOwn(context, id);
    const accessUntil = readMoment(wanted.accessUntil);
    const next = {
      role: wanted.role ?? user.role,
      accessUntil: accessUntil === undefined ? user.accessUntil : accessUntil,
    };
    const now = this.#parts.clock.now();
    checkRole(await this.#tenantKind(context), next, now);
    if (next.role !== user.role || next.accessUntil !== null) await this.#keepAnAdministrator(context, id, now);
    await this.#trail.record(context, {
      action: 'member.change',
      outcome: 'success',
      target: targetOf(user),
      before: { role: user.role, accessUntil: user.accessUntil?.toISOString() ?? null },
      after: { role: next.role, accessUntil: next.accessUntil?.toISOString() ?? null },
    });
    await this.#own(context).users.change(id, { role: wanted.role, accessUntil });
    return this.get(context, id);
  }

  /** PCI DSS 8.2.5: sessions and keys end with the account, in the same commit. */
  async disable(context: RequestContext, id: string, reason: string): Promise<MemberDisabled> {
    const user = await this.#find(context, id);
    this.#refuseOwn(context, id);
    if (user.disabledAt !== null) throw new AppError('conflict', { reason: 'already-disabled' });
    await this.#keepAnAdministrator(context, id, this.#parts.clock.now());
    const event = {
      action: 'member.disable',
      outcome: 'success',
      target: targetOf(user),
      details: { reason },
      before: { disabled: false },
      after: { disabled: true },
    } as const;
    await this.#trail.record(context, event);
    const ended = await this.#own(context).users.disable(id, reason);
    if (ended === null) throw new AppError('conflict', { reason: 'already-disabled' });
    for (const key of ended.keys) {
      await this.#trail.record(context, {
        action: 'key.revoke',
        outcome: 'success',
        target: { kind: 'key', id: key.id, name: key.name },
        details: { because: 'its maker left' },
      });
    }
    return ended;
  }

  /** The account only: sessions and keys that ended stay ended. */
  async enable(context: RequestContext, id: string): Promise<Member> {
    const user = await this.#find(context, id);
    if (user.disabledAt === null) throw new AppError('conflict', { reason: 'not-disabled' });
    await this.#trail.record(context, {
      action: 'member.enable',
      outcome: 'success',
      target: targetOf(user),
      before: { disabled: true, reason: user.disabledReason },
      after: { disabled: false },
    });
    await this.#own(context).users.enable(id);
    return this.get(context, id);
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }

  async #find(context: RequestContext, id: string): Promise<User> {
    const user = await this.#own(context).users.find(id);
    if (user === null) throw new AppError('not-found');
    return user;
  }

  async #tenantKind(context: RequestContext): Promise<string> {
    return (await this.#own(context).organisation.get()).kind;
  }

  #refuseOwn(context: RequestContext, id: string): void {
    if (context.actor.id === id) throw new AppError('conflict', { reason: 'own-account' });
  }

  async #keepAnAdministrator(context: RequestContext, leavingId: string, now: Date): Promise<void> {
    if (isLastAdministrator(await this.#own(context).users.list(), leavingId, now)) {
      throw new AppError('conflict', { reason: 'last-administrator' });
    }
  }
}

function targetOf(user: User) {
  return { kind: 'user', id: user.id, name: user.email };
}

export function readMoment(text: string | null | undefined): Date | null | undefined {
  return text === null || text === undefined ? text : new Date(text);
}

function describeMember(user: User): Member {
  return {
    id: user.id,
    email: user.email,
    name: user.displayName,
    role: user.role,
    groups: user.groups,
    language: user.language,
    accessUntil: user.accessUntil?.toISOString() ?? null,
    createdAt: user.createdAt.toISOString(),
    lastSignInAt: user.lastSignInAt?.toISOString() ?? null,
    disabledAt: user.disabledAt?.toISOString() ?? null,
    disabledReason: user.disabledReason,
    factors: user.factors,
  };
}
