import { z } from 'zod';
import { certificateProof } from './deletions.ts';
import { maskedProse } from './kept-text.ts';
import { count, moment, queryCursor } from './values.ts';

const person = z.object({ id: z.string(), name: z.string() });

export const mostRemovedEvents = 200;

/** Events that are to be removed from the archive for ever, such as those that turned out to hold a card number. */
export const newTombstones = z
  .strictObject({
    eventIds: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(mostRemovedEvents)
      .meta({ description: 'Every line of an event goes with it' }),
    reason: maskedProse,
    rule: z
      .enum(['masking', 'person'])
      .default('person')
      .meta({ description: '`masking`: the rules of masking found it; `person`: somebody did' }),
  })
  .meta({ id: 'NewTombstones' });

export type NewTombstones = z.infer<typeof newTombstones>;

export const tombstoneStates = ['waiting', 'held', 'removing', 'locked', 'done', 'disposed'] as const;

/** Records that are removed from one block: its statement stands in the organisation's log before anything goes. */
export const tombstone = z
  .object({
    id: z.uuid(),
    state: z.enum(tombstoneStates).meta({
      description:
        '`held`: a legal hold keeps the block. `locked`: readers see it no more, the store holds the original. `disposed`: the block went as a whole',
    }),
    block: count,
    positions: z.string().meta({ description: 'Of the removed records in the block, such as 5,17-20' }),
    records: count,
    reason: z.string(),
    rule: z.object({ id: z.string(), version: z.string(), requirement: z.string() }),
    asked: person,
    approved: person,
    approvedAt: moment,
    entry: count.nullable().meta({ description: 'Number of its statement in the log of the organisation' }),
    sealedAt: moment.nullable(),
    replacedAt: moment.nullable().meta({ description: 'Since when no reader of the product finds the records' }),
    indexedAt: moment.nullable(),
    lockedUntil: moment
      .nullable()
      .meta({ description: 'Until when the store holds the original, which has the records; null when it does not' }),
    completedAt: moment.nullable(),
    logGroups: z.array(z.string()).meta({ description: 'Of the block, those that the caller may see' }),
  })
  .meta({ id: 'Tombstone' });

export type TombstoneAnswer = z.infer<typeof tombstone>;

export const tombstonesAnswer = z
  .object({ items: z.array(tombstone).meta({ description: 'Newest first' }), next: queryCursor.optional() })
  .meta({ id: 'Tombstones' });

export type TombstonesAnswer = z.infer<typeof tombstonesAnswer>;

export const tombstonesQuery = z.strictObject({
  cursor: queryCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export type TombstonesQuery = z.infer<typeof tombstonesQuery>;

export const tombstoneCertificate = z
  .object({
    format: z.literal('akashi tombstone certificate v1'),
    organisation: z.object({ id: z.uuid(), name: z.string() }),
    tombstone,
    statement: z.string().meta({ description: 'The entry of the log, byte by byte as it was sealed' }),
    proof: certificateProof,
  })
  .meta({ id: 'TombstoneCertificate' });

export type TombstoneCertificate = z.infer<typeof tombstoneCertificate>;
