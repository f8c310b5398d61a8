import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { displayName } from './session.ts';
import { moment } from './values.ts';

/** Roles that a provider's groups may give. An auditor's needs an end, which no claim has. */
const mappedRole = z.enum(['tenant-admin', 'log-administrator', 'reviewer', 'approver', 'viewer']);

/** Whoever has one of `values` in the groups claim enters the groups; the first rule with a role that fits names it. */
export const groupRule = z.strictObject({
  values: z.array(z.string().min(1).max(200)).min(1).max(50),
  role: mappedRole.nullable(),
  groupIds: z.array(z.uuid()).max(100),
});

const clientSecret = cardData('not-kept', z.string().min(1).max(1000));

/** Whose word a mapping needs that lets people into groups which open more than whoever writes it sees. */
const approvedBy = z
  .uuid()
  .optional()
  .meta({ description: 'Of another person; for groups that open more than you see' });

const values = {
  approvedBy,
  name: displayName,
  issuer: z.url({ protocol: /^https?$/ }).max(500),
  clientId: z.string().min(1).max(300),
  groupsClaim: z.string().min(1).max(100).default('groups'),
  groupMapping: z.array(groupRule).min(1).max(100),
};

export const newIdentityProvider = z.strictObject({ ...values, clientSecret }).meta({ id: 'NewIdentityProvider' });

export type NewIdentityProvider = z.infer<typeof newIdentityProvider>;

/** Without a `clientSecret` the one that is stored stays. */
export const identityProviderChange = z
  .strictObject({ ...values, clientSecret: clientSecret.optional() })
  .meta({ id: 'IdentityProviderChange' });

export type IdentityProviderChange = z.infer<typeof identityProviderChange>;

export const identityProvider = z
  .object({
    id: z.string(),
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    groupsClaim: z.string(),
    groupMapping: z.array(groupRule).meta({ description: 'What is in force' }),
    awaitsApproval: z.boolean().meta({ description: 'Part of a mapping waits for another person’s word' }),
    createdAt: moment,
  })
  .meta({ id: 'IdentityProvider' });

export type IdentityProviderAnswer = z.infer<typeof identityProvider>;

/** `callbackUrl` is what the provider wants to be told as the redirect address. */
export const identityProvidersAnswer = z
  .object({ items: z.array(identityProvider), callbackUrl: z.string() })
  .meta({ id: 'IdentityProviders' });

export type IdentityProvidersAnswer = z.infer<typeof identityProvidersAnswer>;
