import { z } from 'zod';
import { displayName, factorName, interfaceLanguage, password } from './session.ts';
import { count, moment } from './values.ts';

export const profile = z
  .object({
    email: z.string(),
    name: z.string(),
    language: z.string(),
    role: z.string(),
    groups: z.array(z.string()),
    accessUntil: moment.nullable(),
    passwordChangedAt: moment.nullable(),
    /** False for people who come through an identity provider only. */
    hasPassword: z.boolean(),
    recoveryCodesLeft: count,
  })
  .meta({ id: 'Profile' });

export type Profile = z.infer<typeof profile>;

export const profileChange = z
  .strictObject({ name: displayName.optional(), language: interfaceLanguage.optional() })
  .meta({ id: 'ProfileChange' });

export type ProfileChange = z.infer<typeof profileChange>;

export const ownPasswordChange = z
  .strictObject({ oldPassword: password, newPassword: password })
  .meta({ id: 'PasswordChange' });

export type OwnPasswordChange = z.infer<typeof ownPasswordChange>;

export const factor = z
  .object({
    id: z.string(),
    kind: z.enum(['totp', 'passkey']),
    name: z.string(),
    createdAt: moment,
    lastUsedAt: moment.nullable(),
  })
  .meta({ id: 'Factor' });

export type FactorAnswer = z.infer<typeof factor>;

export const factorChange = z.strictObject({ name: factorName }).meta({ id: 'FactorChange' });

export type FactorChange = z.infer<typeof factorChange>;

export const factorsAnswer = z.object({ items: z.array(factor), recoveryCodesLeft: count }).meta({ id: 'Factors' });

export type FactorsAnswer = z.infer<typeof factorsAnswer>;

/** Shown this once; earlier ones are worth nothing. */
export const recoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });

export type RecoveryCodes = z.infer<typeof recoveryCodes>;

export const ownSession = z
  .object({
    id: z.string(),
    current: z.boolean(),
    createdAt: moment,
    lastActiveAt: moment,
    endsAt: moment,
    methods: z.array(z.string()),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'OwnSession' });

export const ownSessionsAnswer = z.object({ items: z.array(ownSession) }).meta({ id: 'OwnSessions' });

export type OwnSessionsAnswer = z.infer<typeof ownSessionsAnswer>;

export const revokedSessions = z.object({ revoked: count }).meta({ id: 'RevokedSessions' });

export type RevokedSessions = z.infer<typeof revokedSessions>;
