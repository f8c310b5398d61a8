import { z } from 'zod';
import { moment } from './values.ts';

export const signingCredential = z
  .object({
    id: z.uuid(),
    name: z.string(),
    createdAt: moment,
    lastUsedAt: moment.nullable(),
    endedAt: moment.nullable(),
    isSynced: z.boolean().meta({ description: 'Whether it can be on several devices' }),
    state: z.enum(['sealing', 'usable', 'refused', 'ended']).meta({
      description: 'sealing: signs once its enrolment is sealed; refused: the organisation demands device-bound ones',
    }),
  })
  .meta({ id: 'SigningCredential' });
export type SigningCredentialAnswer = z.infer<typeof signingCredential>;

export const signingCredentialsAnswer = z
  .object({ items: z.array(signingCredential), mustBeDeviceBound: z.boolean() })
  .meta({ id: 'SigningCredentials' });
export type SigningCredentialsAnswer = z.infer<typeof signingCredentialsAnswer>;
