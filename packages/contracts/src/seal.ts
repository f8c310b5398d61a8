import { z } from 'zod';
import { count, eventReference, moment } from './values.ts';

/**
 * How far something has come, and what was checked of it: taken in, in the archive, committed to by a signed checkpoint,
 * proven by the last verification, or found by it not to be what was sealed.
 */
export const sealStates = ['accepted', 'archived', 'sealed', 'proven', 'mismatch'] as const;

export type SealState = (typeof sealStates)[number];

const finding = {
  code: z.string(),
  fields: z.array(z.string()).optional().meta({ description: 'The fields that are not those of the sealed record' }),
};

export const seal = z
  .object({
    state: z.enum(sealStates),
    verifiedAt: moment.optional().meta({ description: 'When the verification ended that says so' }),
    findings: z.array(z.object(finding)).optional().meta({ description: 'Why it does not verify' }),
  })
  .meta({ id: 'Seal' });

export type Seal = z.infer<typeof seal>;

/** What the last verification says of the organisation's whole log. */
export const logStanding = z
  .object({
    treeSize: count.meta({ description: 'Sealed blocks now' }),
    outcome: z
      .enum(['none', 'proven', 'altered', 'unreadable'])
      .meta({ description: 'none: nothing was verified yet' }),
    verifiedAt: moment.nullable(),
    verifiedSize: count.meta({ description: 'Blocks that the verification reached' }),
    findingCount: count,
    findings: z
      .array(z.object({ ...finding, where: z.string(), block: count.optional(), event: eventReference.optional() }))
      .meta({ description: 'The first of them that the caller may know of' }),
  })
  .meta({ id: 'LogStanding' });

export type LogStanding = z.infer<typeof logStanding>;
