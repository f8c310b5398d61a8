import { z } from 'zod';
import { maskedProse } from './kept-text.ts';
import { count, logGroupPattern, moment } from './values.ts';

const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() });

/** What is held is what meets every part that is named. Receive times, `from` inclusive and `to` exclusive. */
export const newLegalHold = z
  .strictObject({
    reason: maskedProse,
    everything: z.boolean().default(false).meta({ description: 'Everything of the organisation; names nothing else' }),
    logGroups: z.array(logGroupPattern).max(100).default([]).meta({ description: 'Empty: every log group' }),
    person: z.string().min(1).max(200).nullable().default(null).meta({
      description:
        'A person of the masters. Whose a line is does not show in a sealed block, so everything of the period and the log groups is held',
    }),
    from: moment.nullable().default(null),
    to: moment.nullable().default(null),
  })
  .meta({ id: 'NewLegalHold' });

export type NewLegalHold = z.infer<typeof newLegalHold>;

export const legalHoldStates = ['in-force', 'lift-waiting', 'lifted'] as const;

export type LegalHoldState = (typeof legalHoldStates)[number];

export const legalHold = z
  .object({
    id: z.uuid(),
    reason: z.string(),
    everything: z.boolean(),
    logGroups: z.array(z.string()),
    person: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    from: moment.nullable(),
    to: moment.nullable(),
    state: z.enum(legalHoldStates).meta({ description: 'Held as well while a lift waits' }),
    createdBy: person,
    createdAt: moment,
    lift: z
      .object({
        reason: z.string(),
        askedBy: person,
        askedAt: moment,
        approvalId: z.uuid(),
        liftedBy: person.nullable().meta({ description: 'The second person; null while it waits' }),
        liftedAt: moment.nullable(),
      })
      .nullable(),
    held: z.object({ blocks: count, records: count, overdue: count }).nullable().meta({
      description:
        'What it holds of the log groups that the caller may see; `overdue`: blocks that would be removed without a hold. Null once it is lifted',
    }),
  })
  .meta({ id: 'LegalHold' });

export type LegalHoldAnswer = z.infer<typeof legalHold>;

export const legalHoldsAnswer = z
  .object({ items: z.array(legalHold).meta({ description: 'Those in force first, each newest first' }) })
  .meta({ id: 'LegalHolds' });

export type LegalHoldsAnswer = z.infer<typeof legalHoldsAnswer>;

export const legalHoldLift = z.strictObject({ reason: maskedProse }).meta({ id: 'LegalHoldLift' });

export type LegalHoldLift = z.infer<typeof legalHoldLift>;
