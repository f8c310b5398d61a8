import { z } from 'zod';
import { groupRule } from './identity-providers.ts';
import { cardData } from './kept-text.ts';
import { retentionChange } from './retention.ts';
import { moment } from './values.ts';

const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() });
const strings = z.array(z.string());

export const approvalState = z.enum(['waiting', 'confirmed', 'declined', 'withdrawn', 'lapsed', 'alone']);

/** What waits for another person's word, or waited (PCI DSS 7.2.3). Nothing of it is in force while it waits. */
export const approval = z
  .object({
    id: z.uuid(),
    kind: z.enum(['grant', 'membership', 'identity-provider', 'retention', 'legal-hold', 'tombstone']),
    state: approvalState.meta({
      description: '`alone`: nobody else could have been asked, so whoever asked said so on their own',
    }),
    requestedBy: person,
    requestedAt: moment,
    approver: person
      .nullable()
      .meta({ description: 'Who is asked, or who decided; null while anybody else who may approve is asked' }),
    mayDecide: z.boolean().meta({ description: 'Whether it waits for the caller' }),
    lapsesAt: moment.meta({ description: 'Until when it can be confirmed' }),
    decidedAt: moment.nullable(),
    note: z.string().nullable(),
    group: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    grant: z
      .object({
        logGroups: strings,
        logStreams: strings,
        sources: strings,
        rowFilter: z.string().nullable(),
        hiddenFields: strings,
        validFrom: moment.nullable().meta({ description: 'Null: from the approval on' }),
        validTo: moment.nullable(),
        reason: z.string(),
      })
      .nullable(),
    provider: z.object({ id: z.uuid(), name: z.string(), groupMapping: z.array(groupRule) }).nullable(),
    retention: retentionChange.nullable().meta({ description: 'What is lowered, or taken out of PCI scope' }),
    legalHold: z
      .object({
        id: z.uuid(),
        reason: z.string(),
        logGroups: strings,
        person: z.string().nullable(),
        from: moment.nullable(),
        to: moment.nullable(),
        liftReason: z.string(),
      })
      .nullable()
      .meta({ description: 'The hold that is to be lifted' }),
    removal: z
      .object({
        reason: z.string(),
        rule: z.string(),
        records: z.number().int(),
        blocks: z.array(z.object({ block: z.number().int(), positions: z.string(), records: z.number().int() })),
      })
      .nullable()
      .meta({ description: 'Records that are to be removed from the archive for ever' }),
  })
  .meta({ id: 'Approval' });

export type ApprovalAnswer = z.infer<typeof approval>;

export const approvalsAnswer = z.object({ items: z.array(approval) }).meta({ id: 'ApprovalsAnswer' });

export type ApprovalsAnswer = z.infer<typeof approvalsAnswer>;

export const approvalDecision = z
  .strictObject({
    note: cardData(
      'masked',
      z
        .string()
        .trim()
        .max(1_000)
        .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character'),
    )
      .nullable()
      .default(null),
  })
  .meta({ id: 'ApprovalDecision' });

export type ApprovalDecisionRequest = z.infer<typeof approvalDecision>;
