import { findingStates } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { eventId, moment, queryCursor } from './values.ts';

const prose = (max: number) => cardData('masked', z.string().trim().min(1).max(max));
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/);

export const pinnedLine = z
  .object({
    eventId: z.string(),
    recordSha256: z.string().meta({ description: 'Hexadecimal, of the sealed masked text' }),
    time: moment,
    logGroup: z.string(),
    logStream: z.string(),
    text: z.string().nullable().meta({ description: 'Null where the reader may not see the line' }),
  })
  .meta({ id: 'PinnedLine' });

export const findingNote = z
  .object({
    id: z.uuid(),
    kind: z.enum(['comment', 'escalation', 'instruction', 'change', 'attachment']),
    by: z.string(),
    at: moment,
    text: z.string(),
    changes: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  })
  .meta({ id: 'FindingNote' });

export const finding = z
  .object({
    id: z.uuid(),
    number: z.number().int().positive().meta({ description: 'Of the organisation, from 1' }),
    title: z.string(),
    state: z.enum(findingStates),
    severity: z.enum(['low', 'medium', 'high']),
    reviewDay: day.nullable(),
    item: z.uuid().nullable().meta({ description: 'The review’s item that it was found in' }),
    report: z.string().nullable(),
    area: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    foundBy: z.string(),
    foundAt: moment,
    owner: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    dueOn: day.nullable(),
    isOverdue: z.boolean(),
    who: z.string().nullable().meta({ description: 'Whose act it was, as far as known' }),
    when: moment.nullable(),
    system: z.string().nullable(),
    reason: z.string().nullable().meta({ description: 'Why this is not routine' }),
    cause: z.string().nullable(),
    action: z.string().nullable(),
    outcome: z.string().nullable(),
    ticket: z.string().nullable().meta({ description: 'A number or address in another system' }),
    lines: z.array(pinnedLine),
    notes: z.array(findingNote).meta({ description: 'Oldest first' }),
    closedBy: z.string().nullable(),
    closedAt: moment.nullable(),
  })
  .meta({ id: 'Finding' });
export type FindingAnswer = z.infer<typeof finding>;

const told = {
  title: prose(200),
  severity: z.enum(['low', 'medium', 'high']),
  owner: z.uuid().nullable(),
  dueOn: day.nullable(),
  who: prose(200).nullable(),
  when: moment.nullable(),
  system: prose(200).nullable(),
  reason: prose(4_000).nullable(),
  cause: prose(4_000).nullable(),
  action: prose(4_000).nullable(),
  outcome: prose(4_000).nullable(),
  ticket: prose(500).nullable(),
};

const { title, ...rest } = told;

export const newFinding = z
  .strictObject({
    title,
    ...z.object(rest).partial().shape,
    eventIds: z.array(eventId).max(500).default([]),
  })
  .meta({ id: 'NewFinding' });
export type NewFinding = z.infer<typeof newFinding>;

export const findingChange = z
  .strictObject({
    ...z.object(told).partial().shape,
    comment: prose(4_000).optional(),
    escalate: prose(4_000).optional().meta({ description: 'To those who approve, with these words' }),
    instruct: prose(4_000).optional().meta({ description: 'The instruction of somebody who approves' }),
    state: z.enum(['open', 'resolved', 'closed']).optional().meta({
      description: 'resolved by its owner, with action and outcome; closed by somebody else who approves',
    }),
    addEventIds: z.array(eventId).max(500).optional(),
  })
  .meta({ id: 'FindingChange' });
export type FindingChange = z.infer<typeof findingChange>;

export const findingsQuery = z
  .strictObject({
    state: z.enum([...findingStates, 'unfinished']).optional(),
    day: day.optional(),
    owner: z.union([z.uuid(), z.literal('me')]).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: queryCursor.optional(),
  })
  .meta({ id: 'FindingsQuery' });
export type FindingsQuery = z.infer<typeof findingsQuery>;

export const findingsAnswer = z
  .object({ items: z.array(finding.omit({ lines: true, notes: true })), next: z.string().optional() })
  .meta({ id: 'Findings' });
export type FindingsAnswer = z.infer<typeof findingsAnswer>;
