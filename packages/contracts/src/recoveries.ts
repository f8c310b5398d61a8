import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { displayName } from './organisation.ts';
import { tenantAdministrator } from './platform.ts';
import { count, moment } from './values.ts';

export const recoveryState = z.enum(['open', 'expired', 'confirmed', 'declined', 'replaced']);

const asked = {
  email: z.string().meta({ description: 'Who would be the administrator' }),
  name: z.string(),
  reason: z.string(),
  requestedBy: z.string().meta({ description: 'Address of the operator who asked' }),
  requestedAt: moment,
  expiresAt: moment,
};

/** That an administrator was asked for from outside, for an organisation that had none any more; it stays for ever. */
export const recovery = z
  .object({
    id: z.uuid(),
    ...asked,
    state: recoveryState,
    endedAt: moment.nullable(),
    needed: count.meta({ description: 'How many of its contacts have to confirm it' }),
    contacts: z.array(
      z.object({
        name: z.string(),
        email: z.string(),
        decision: z.enum(['confirm', 'decline']).nullable(),
        decidedAt: moment.nullable(),
      }),
    ),
  })
  .meta({ id: 'Recovery' });

export type RecoveryAnswer = z.infer<typeof recovery>;

export const recoveriesAnswer = z.object({ items: z.array(recovery) }).meta({ id: 'RecoveriesAnswer' });

export type RecoveriesAnswer = z.infer<typeof recoveriesAnswer>;

export const newRecovery = tenantAdministrator
  .extend({ reason: cardData('masked', displayName.max(500)) })
  .meta({ id: 'NewRecovery' });

export type NewRecoveryRequest = z.infer<typeof newRecovery>;

const token = cardData('not-kept', z.string().min(20).max(200));

export const recoveryLookup = z.strictObject({ token }).meta({ id: 'RecoveryLookup' });

export type RecoveryLookup = z.infer<typeof recoveryLookup>;

/** What a contact is asked. */
export const recoveryView = z
  .object({ tenantNameJa: z.string(), tenantNameEn: z.string(), contact: z.string(), ...asked })
  .meta({ id: 'RecoveryView' });

export type RecoveryView = z.infer<typeof recoveryView>;

export const recoveryVoice = z
  .strictObject({ token, decision: z.enum(['confirm', 'decline']) })
  .meta({ id: 'RecoveryVoice' });

export type RecoveryVoice = z.infer<typeof recoveryVoice>;

export const recoveryVoiceAnswer = z
  .object({ state: z.enum(['confirmed', 'waiting', 'declined']) })
  .meta({ id: 'RecoveryVoiceAnswer' });

export type RecoveryVoiceAnswer = z.infer<typeof recoveryVoiceAnswer>;
