import { tenantRoles } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { displayName, interfaceLanguage, mailAddress } from './session.ts';
import { count, moment } from './values.ts';

/** Roles that people have; an auditor's needs an end. */
export const memberRole = z.enum([...tenantRoles, 'platform-operator']);

export const member = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    groups: z.array(z.string()),
    language: z.string(),
    accessUntil: moment.nullable(),
    createdAt: moment,
    lastSignInAt: moment.nullable(),
    disabledAt: moment.nullable(),
    disabledReason: z.string().nullable(),
    /** How many second factors are enrolled. */
    factors: count,
  })
  .meta({ id: 'Member' });

export type Member = z.infer<typeof member>;

export const membersAnswer = z.object({ items: z.array(member) }).meta({ id: 'Members' });

export type MembersAnswer = z.infer<typeof membersAnswer>;

/** `accessUntil` is needed for the role `auditor`. */
export const newInvitation = z
  .strictObject({
    email: mailAddress,
    name: displayName,
    role: memberRole,
    language: interfaceLanguage,
    groupIds: z.array(z.uuid()).max(100).default([]),
    accessUntil: moment.nullable().default(null),
  })
  .meta({ id: 'NewInvitation' });

export type NewInvitationRequest = z.infer<typeof newInvitation>;

export const invitation = z
  .object({
    id: z.string(),
    purpose: z.enum(['invite', 'reset']),
    email: z.string(),
    name: z.string(),
    role: z.string(),
    language: z.string(),
    groupIds: z.array(z.string()),
    accessUntil: moment.nullable(),
    createdAt: moment,
    expiresAt: moment,
    status: z.enum(['open', 'accepted', 'revoked', 'expired']),
  })
  .meta({ id: 'Invitation' });

export type InvitationAnswer = z.infer<typeof invitation>;

export const invitationsAnswer = z.object({ items: z.array(invitation) }).meta({ id: 'Invitations' });

export type InvitationsAnswer = z.infer<typeof invitationsAnswer>;

export const memberChange = z
  .strictObject({ role: memberRole.optional(), accessUntil: moment.nullable().optional() })
  .meta({ id: 'MemberChange' });

export type MemberChange = z.infer<typeof memberChange>;

export const memberDisabling = z
  .strictObject({ reason: cardData('masked', z.string().trim().min(1).max(200)) })
  .meta({ id: 'MemberDisabling' });

export type MemberDisabling = z.infer<typeof memberDisabling>;

/** What ended with the account: senders that used a revoked key need another one. */
export const memberDisabled = z
  .object({
    sessions: count,
    keys: z.array(z.object({ id: z.string(), kind: z.string(), name: z.string() })),
  })
  .meta({ id: 'MemberDisabled' });

export type MemberDisabled = z.infer<typeof memberDisabled>;
