import { z } from 'zod';
import { moment } from './values.ts';

/** What an organisation says is a sender of its own, as the installation's people see it: not where its lines go. */
export const senderClaim = z
  .object({
    id: z.uuid(),
    tenant: z.object({ id: z.string(), slug: z.string(), nameJa: z.string(), nameEn: z.string() }),
    addressRange: z.string().nullable(),
    certificateFingerprint: z.string().nullable(),
    createdAt: moment,
    confirmedAt: moment.nullable().meta({ description: 'Null: waits, and nothing comes in by it' }),
    confirmedBy: z.string().nullable(),
    clashes: z.boolean().meta({ description: 'It cannot be confirmed while another one is' }),
  })
  .meta({ id: 'SenderClaim' });

export type SenderClaimAnswer = z.infer<typeof senderClaim>;

export const senderClaimsAnswer = z.object({ items: z.array(senderClaim) }).meta({ id: 'SenderClaimsAnswer' });

export type SenderClaimsAnswer = z.infer<typeof senderClaimsAnswer>;
