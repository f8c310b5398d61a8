import { isReturnPath, longestReturnPath } from '@akashi/policy';
import { z } from 'zod';
import { cardData, cardDataRule } from './kept-text.ts';
import { currentSupport } from './support-access.ts';
import { count, moment } from './values.ts';

const noControls = (text: string): boolean => !/\p{Cc}/u.test(text);

export const mailAddress = z
  .string()
  .min(3)
  .max(254)
  .refine(noControls, 'holds a control character')
  .refine((text) => /^[^\s@<>()]+@[^\s@<>()]+$/u.test(text.trim()), 'is no mail address');

/** A name that people read: no control characters, so that it can stand in a mail header or a log line. */
export const displayName = z.string().trim().min(1).max(100).refine(noControls, 'holds a control character');

export const interfaceLanguage = z.enum(['ja', 'en']);

/** As typed; the rules are checked where it is set. */
export const password = cardData('not-kept', z.string().min(1).max(1024));

export const signInRequest = z
  .strictObject({
    email: cardData('masked', z.string().min(3).max(254).refine(noControls, 'holds a control character')),
    password,
  })
  .meta({ id: 'SignInRequest' });

export type SignInRequest = z.infer<typeof signInRequest>;

/** What `PublicKeyCredential.toJSON()` gives in the browser. */
export const passkeyAnswer = z
  .object({
    id: z.string().min(1).max(2048),
    rawId: z.string().min(1).max(2048),
    type: z.literal('public-key'),
    response: z.record(z.string(), z.unknown()),
    clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
    authenticatorAttachment: z.string().max(50).optional(),
  })
  .meta({ id: 'PasskeyAnswer', [cardDataRule]: 'not-kept' });

/** One proof of a second factor: a one-time code, a recovery code, or a passkey's answer to `passkey-options`. */
export const secondFactorRequest = z
  .union([
    z.strictObject({ code: cardData('not-kept', z.string().min(6).max(20)) }),
    z.strictObject({ recoveryCode: cardData('not-kept', z.string().min(10).max(60)) }),
    z.strictObject({ passkey: passkeyAnswer }),
  ])
  .meta({ id: 'SecondFactorRequest' });

export type SecondFactorRequest = z.infer<typeof secondFactorRequest>;

/** Options for `navigator.credentials`, as `PublicKeyCredential.parse…OptionsFromJSON` takes them. */
export const passkeyOptions = z
  .looseObject({ challenge: z.string() })
  .meta({ id: 'PasskeyOptions', description: 'Options for navigator.credentials, in their JSON form' });

export type PasskeyOptions = z.infer<typeof passkeyOptions>;

export const sessionStage = z.enum(['second-factor', 'enrolment', 'password-change', 'full']);

/** Who is signed in, and where; `stage` says which step is due before everything else opens. */
export const session = z
  .object({
    stage: sessionStage,
    user: z.object({
      id: z.string(),
      email: z.string(),
      name: z.string(),
      role: z.string(),
      groups: z.array(z.string()),
      language: z.string(),
    }),
    tenant: z.object({
      id: z.string(),
      slug: z.string(),
      name: z.string(),
      nameJa: z.string(),
      nameEn: z.string(),
      timeZone: z.string(),
    }),
    /** What the role allows; empty until the stage is `full`. */
    permissions: z.array(z.string()),
    /** What the second factor can be proven with. */
    secondFactors: z.array(z.enum(['totp', 'passkey', 'recovery-code'])),
    passwordMinLength: count,
    idleEndsAt: moment,
    endsAt: moment,
    /** Until then nothing asks for the second factor again. */
    stepUpEndsAt: moment.nullable(),
    /** Who of the installation's people may look into this organisation now. */
    supportAccess: z.array(currentSupport),
    waitingApprovals: count.meta({ description: 'How many approvals wait for this person' }),
    openIncidents: count.meta({ description: 'How many incidents are not closed, for whoever may see them' }),
    reviewToDo: z
      .string()
      .nullable()
      .meta({ description: 'The newest day whose log review waits for this person to do it' }),
    reviewsToApprove: count.meta({ description: 'How many log reviews wait for this person’s approval' }),
    ownsReviewItems: z.boolean().meta({ description: 'An access review that is open asks this person' }),
  })
  .meta({ id: 'Session' });

export type Session = z.infer<typeof session>;

export const passwordChange = z.strictObject({ newPassword: password }).meta({ id: 'FirstPasswordChange' });

export type FirstPasswordChange = z.infer<typeof passwordChange>;

export const factorName = z.string().trim().min(1).max(60).refine(noControls, 'holds a control character');

export const totpEnrolmentRequest = z
  .strictObject({ name: factorName.optional() })
  .meta({ id: 'TotpEnrolmentRequest' });

export type TotpEnrolmentRequest = z.infer<typeof totpEnrolmentRequest>;

/** Shown once: `uri` as a QR code, `secret` for typing. */
export const totpEnrolment = z
  .object({ id: z.string(), uri: z.string(), secret: z.string() })
  .meta({ id: 'TotpEnrolment' });

export type TotpEnrolment = z.infer<typeof totpEnrolment>;

export const totpConfirmation = z
  .strictObject({ id: z.uuid(), code: cardData('not-kept', z.string().min(6).max(20)) })
  .meta({ id: 'TotpConfirmation' });

export type TotpConfirmation = z.infer<typeof totpConfirmation>;

export const passkeyEnrolment = z
  .strictObject({ name: factorName.optional(), passkey: passkeyAnswer })
  .meta({ id: 'PasskeyEnrolment' });

export type PasskeyEnrolment = z.infer<typeof passkeyEnrolment>;

/** `recoveryCodes` come with the first factor, and are shown this once. */
export const enrolled = z.object({ session, recoveryCodes: z.array(z.string()) }).meta({ id: 'Enrolled' });

export type Enrolled = z.infer<typeof enrolled>;

const linkToken = cardData('not-kept', z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'is no token of a link'));

export const invitationLookup = z.strictObject({ token: linkToken }).meta({ id: 'InvitationLookup' });

export type InvitationLookup = z.infer<typeof invitationLookup>;

/** What the page behind the link shows. */
export const invitationView = z
  .object({
    purpose: z.enum(['invite', 'reset']),
    email: z.string(),
    name: z.string(),
    language: z.string(),
    tenantNameJa: z.string(),
    tenantNameEn: z.string(),
    passwordMinLength: count,
    expiresAt: moment,
  })
  .meta({ id: 'InvitationView' });

export type InvitationView = z.infer<typeof invitationView>;

export const invitationAcceptance = z.strictObject({ token: linkToken, password }).meta({ id: 'InvitationAcceptance' });

export type InvitationAcceptance = z.infer<typeof invitationAcceptance>;

export const providersQuery = z.strictObject({ organisation: z.string().min(1).max(100) });

export type ProvidersQuery = z.infer<typeof providersQuery>;

export const providerButtons = z
  .object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })
  .meta({ id: 'ProviderButtons' });

export type ProviderButtons = z.infer<typeof providerButtons>;

/** `returnPath` is where the person wants to be once signed in; the way back from the provider keeps it. */
export const providerStartRequest = z
  .strictObject({
    providerId: z.uuid(),
    returnPath: z.string().max(longestReturnPath).refine(isReturnPath, 'is no page of this site').optional(),
  })
  .meta({ id: 'ProviderStartRequest' });

export type ProviderStartRequest = z.infer<typeof providerStartRequest>;

export const providerStart = z.object({ url: z.string() }).meta({ id: 'ProviderStart' });

export type ProviderStart = z.infer<typeof providerStart>;
