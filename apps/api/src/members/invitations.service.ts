import { Inject, Injectable } from '@nestjs/common';
import type { InvitationAnswer, InvitationsAnswer, NewInvitationRequest } from '@akashi/contracts';
import type { Invitation, NewInvitation, TenantDatabase } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { checkGroupsWithinReach } from '../access/group-reach.ts';
import {
  mailInvitationLink,
  newInvitationLink,
  type InvitationLink,
  type LinkMail,
} from '../sign-in/invitation-link.ts';
import { checkRole, type WantedRole } from '../sign-in/member-rules.ts';
import { readMoment } from './members.service.ts';

/** Links by mail: for new people, and for those whose sign-in an administrator resets. The link is in the mail alone. */
@Injectable()
export class InvitationsService {
  readonly #parts: ApiParts;
  readonly #trail: AuditTrail;

  constructor(@Inject(apiParts) parts: ApiParts, @Inject(AuditTrail) trail: AuditTrail) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<InvitationsAnswer> {
    const now = this.#parts.clock.now();
    return { items: (await this.#own(context).invitations.list()).map((each) => describeInvitation(each, now)) };
  }

  /**
   * Invites by mail. An address that belongs to another organisation is invited as any other: only whoever reads its mail
   * learns that it is in use.
   */
  async invite(context: RequestContext, request: NewInvitationRequest): Promise<InvitationAnswer> {
    const accessUntil = readMoment(request.accessUntil) ?? null;
    const email = request.email.trim().toLowerCase();
    await this.#check(context, { role: request.role, accessUntil });
    await checkGroupsWithinReach(this.#grants(context), context, request.groupIds);
    const members = await this.#own(context).users.list();
    if (members.some((member) => member.email === email)) throw new AppError('conflict', { reason: 'member-exists' });
    await this.#trail.record(context, {
      action: 'member.invite',
      outcome: 'success',
      target: { kind: 'user', name: email },
      after: { role: request.role, accessUntil: request.accessUntil, groups: request.groupIds },
    });
    const { name: displayName, role, language, groupIds } = request;
    return this.#send(context, { purpose: 'invite', email, displayName, role, language, groupIds, accessUntil });
  }

  /** Sends a new link; factors and password stay as they are until it is taken up, sessions end now. */
  async reset(context: RequestContext, userId: string): Promise<InvitationAnswer> {
    const user = await this.#own(context).users.find(userId);
    if (user === null) throw new AppError('not-found');
    if (user.disabledAt !== null) throw new AppError('conflict', { reason: 'already-disabled' });
    if (userId === context.actor.id) throw new AppError('conflict', { reason: 'own-account' });
    await this.#trail.record(context, {
      action: 'member.factor-reset',
      outcome: 'success',
      target: { kind: 'user', id: userId, name: user.email },
    });
    const sent = await this.#send(context, { ...user, purpose: 'reset', groupIds: [] });
    await this.#own(context).userSessions.revokeOthers(userId, null);
    return sent;
  }

  /** A new link for three more days; the old one is worth nothing. */
  async resend(context: RequestContext, id: string): Promise<InvitationAnswer> {
    const { invitations } = this.#own(context);
    const invitation = await invitations.find(id);
    if (invitation === null) throw new AppError('not-found');
    await checkGroupsWithinReach(this.#grants(context), context, invitation.groupIds);
    await this.#trail.record(context, {
      action: 'member.invite',
      outcome: 'success',
      target: { kind: 'user', name: invitation.email },
      details: { again: true },
    });
    const link = newInvitationLink(this.#parts.clock);
    if (!(await invitations.renew(id, link))) throw new AppError('conflict', { reason: 'invitation-closed' });
    await this.#mail(context, invitation, link);
    return describeInvitation({ ...invitation, expiresAt: link.expiresAt }, this.#parts.clock.now());
  }

  async revoke(context: RequestContext, id: string): Promise<void> {
    const { invitations } = this.#own(context);
    const invitation = await invitations.find(id);
    if (invitation === null) throw new AppError('not-found');
    await this.#trail.record(context, {
      action: 'member.invitation-revoke',
      outcome: 'success',
      target: { kind: 'user', name: invitation.email },
    });
    if (!(await invitations.revoke(id))) throw new AppError('conflict', { reason: 'invitation-closed' });
  }

  async #send(
    context: RequestContext,
    person: Omit<NewInvitation, 'tokenSha256' | 'createdBy' | 'expiresAt'>,
  ): Promise<InvitationAnswer> {
    const { invitations } = this.#own(context);
    const link = newInvitationLink(this.#parts.clock);
    const { purpose, email, displayName, role, language, groupIds, accessUntil } = person;
    const values = { purpose, email, displayName, role, language, groupIds, accessUntil };
    const { tokenSha256, expiresAt } = link;
    const id = await invitations.create({ ...values, tokenSha256, expiresAt, createdBy: context.actor.id });
    try {
      await this.#mail(context, person, link);
    } catch (error) {
      await invitations.revoke(id);
      throw error;
    }
    const made = await invitations.find(id);
    if (made === null) throw new AppError('not-found');
    return describeInvitation(made, this.#parts.clock.now());
  }

  async #mail(context: RequestContext, to: LinkMail['to'], link: InvitationLink): Promise<void> {
    const organisation = await this.#own(context).organisation.get();
    await mailInvitationLink(this.#parts, { to, organisation, link });
  }

  async #check(context: RequestContext, wanted: WantedRole): Promise<void> {
    checkRole((await this.#own(context).organisation.get()).kind, wanted, this.#parts.clock.now());
  }

  #grants(context: RequestContext): Pick<TenantDatabase, 'accessGrants'> & { now: Date } {
    return { accessGrants: this.#own(context).accessGrants, now: this.#parts.clock.now() };
  }

  #own(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }
}

function describeInvitation(invitation: Invitation, now: Date): InvitationAnswer {
  const { id, purpose, email, role, language, groupIds, acceptedAt, revokedAt } = invitation;
  const open = invitation.expiresAt > now ? 'open' : 'expired';
  return {
    id,
    purpose,
    email,
    name: invitation.displayName,
    role,
    language,
    groupIds,
    accessUntil: invitation.accessUntil?.toISOString() ?? null,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    status: acceptedAt !== null ? 'accepted' : revokedAt !== null ? 'revoked' : open,
  };
}
