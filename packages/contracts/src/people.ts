import { z } from 'zod';

export const reason = z
  .object({
    master: z.string().meta({ description: 'A master, or `sessions`: what is learned from the logs' }),
    row: z.string().meta({ description: 'Id of the row, or of the event that it was learned from' }),
    text: z.string().meta({ description: 'The link in a sentence, in the language of the answer' }),
  })
  .meta({ id: 'PersonReason' });

const known = z.object({
  id: z.string(),
  name: z.string(),
  certainty: z.enum(['certain', 'likely']),
  because: z.array(reason).meta({ description: 'Every row that made the link' }),
});

export const person = known
  .extend({
    conflict: known
      .extend({ others: z.array(known).optional() })
      .optional()
      .meta({ description: 'Somebody else whose act it was by the same tables: a contradiction to be looked at' }),
  })
  .meta({ id: 'EventPerson' });

export const approval = z
  .object({
    state: z.enum(['inside', 'outside', 'unknown']),
    row: z.string().optional().meta({ description: 'The row of the approvals that covers it' }),
  })
  .meta({ id: 'EventApproval' });
