import { areaCategories, reviewItemStates, reviewStates } from '@akashi/policy';
import { runStates } from '@akashi/report';
import { z } from 'zod';
import { workingHours } from './areas.ts';
import { newFinding } from './findings.ts';
import { cardData } from './kept-text.ts';
import { rowFlag, runSummary } from './reports.ts';
import { passkeyAnswer } from './session.ts';
import { count, eventId, moment } from './values.ts';

/** A day of an organisation's zone. */
export const reviewDay = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'expected yyyy-mm-dd');

/** Of a day: also of one that has no review. */
const dayStates = [...reviewStates, 'not-due'] as const;

const prose = cardData('masked', z.string().trim().min(1).max(4_000));
const named = z.object({ id: z.uuid(), name: z.string() });

export const calendarDay = z
  .object({
    day: reviewDay,
    state: z.enum(dayStates).meta({
      description: 'not-due: before the organisation’s first review, or not over yet; a missed day can still be done',
    }),
    late: z.boolean().meta({ description: 'Submitted, or not submitted yet, after it was due' }),
    dueAt: moment.nullable(),
    submittedBy: z.string().optional(),
    submittedAt: moment.optional(),
    approvedBy: z.string().optional(),
    approvedAt: moment.optional(),
    items: count,
    exceptions: count,
    reason: z.string().optional().meta({ description: 'Why it is late, missed or not due' }),
  })
  .meta({ id: 'CalendarDay' });
export type CalendarDay = z.infer<typeof calendarDay>;

export const calendarQuery = z.strictObject({ from: reviewDay, to: reviewDay }).meta({ id: 'CalendarQuery' });
export type CalendarQuery = z.infer<typeof calendarQuery>;

export const calendarAnswer = z.object({ items: z.array(calendarDay) }).meta({ id: 'ReviewCalendar' });
export type CalendarAnswer = z.infer<typeof calendarAnswer>;

/** Why the machine says clear or needs a look: codes with figures, worded by the reader's page. */
export const verdictReason = z
  .object({
    code: z.enum([
      'flagged-rows',
      'above-usual',
      'below-usual',
      'never-seen-shape',
      'incident',
      'alert',
      'source-silent',
      'run-failed',
      'no-baseline',
      'as-usual',
      'no-events',
      'rules-behind',
      'rules-ran',
      'no-rules',
    ]),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
  })
  .meta({ id: 'VerdictReason' });

export const reviewItem = z
  .object({
    id: z.uuid(),
    report: z.object({
      id: z.string(),
      number: count.nullable(),
      title: z.object({ ja: z.string(), en: z.string() }),
      version: count,
    }),
    area: named.extend({ category: z.enum(areaCategories) }),
    period: z.object({ from: moment, to: moment }),
    run: z.object({ id: z.uuid(), state: z.enum(runStates), progress: z.number() }),
    summary: runSummary.nullable(),
    usual: z
      .object({ low: z.number(), middle: z.number(), high: z.number(), days: count })
      .nullable()
      .meta({ description: 'Rows on the same weekday, without outliers; null below four such days' }),
    newShapes: z
      .array(z.object({ shape: z.string(), events: count, eventId: z.string() }))
      .meta({ description: 'Shapes of lines that no earlier day of the report and area has' }),
    flagged: z
      .array(z.object({ eventId: z.string().nullable(), time: moment, text: z.string(), flags: z.array(rowFlag) }))
      .meta({ description: 'The first 20 flagged rows in one line each' }),
    alerts: z
      .array(
        z.object({
          id: z.uuid(),
          title: z.object({ ja: z.string(), en: z.string() }),
          severity: z.string(),
          count,
          firstAt: moment,
        }),
      )
      .meta({ description: 'Alerts of the day that touch it; those with events outside of its area are only counted' }),
    incidents: z
      .array(z.object({ id: z.uuid(), kind: z.string(), where: z.string() }))
      .meta({ description: 'Incidents of the day that touch it' }),
    verdict: z.object({
      result: z.enum(['clear', 'needs-look']),
      version: count.meta({ description: 'Of the automatic checks' }),
      reasons: z.array(verdictReason),
    }),
    state: z.enum(reviewItemStates),
    decidedBy: z.string().nullable(),
    decidedAt: moment.nullable(),
    isBulk: z.boolean(),
    comment: z.string().nullable(),
    finding: z.object({ id: z.uuid(), number: count, title: z.string(), owner: z.string().nullable() }).nullable(),
    lookedSeconds: count.meta({ description: 'For how long people had it open' }),
    mayDecide: z.boolean(),
    addenda: z.array(z.object({ run: z.uuid(), rows: count, flagged: count })),
  })
  .meta({ id: 'ReviewItem' });
export type ReviewItemAnswer = z.infer<typeof reviewItem>;

/** One act on the day, kept for ever. */
export const reviewAct = z
  .object({
    kind: z.enum([
      'opened',
      'decided',
      'undone',
      'submitted',
      'returned',
      'approved',
      'addendum',
      'delegated',
      'missed',
      'late-reason',
    ]),
    by: z.string(),
    at: moment,
    item: z.uuid().nullable(),
    text: z.string().nullable(),
  })
  .meta({ id: 'ReviewAct' });

export const reviewSignature = z
  .object({
    action: z.enum(['reviewed', 'approved', 'returned', 'addendum']),
    signer: z.string(),
    at: moment,
    method: z.enum(['passkey', 'code']).meta({
      description: 'passkey: the person’s own signing credential; code: the product’s key after a one-time code',
    }),
    isSynced: z.boolean().nullable().meta({ description: 'Of a passkey: whether it can be on several devices' }),
    recordSha256: z.string(),
    sealedAs: z.string().nullable().meta({ description: 'Event of the log group akashi/reviews' }),
  })
  .meta({ id: 'ReviewSignature' });

export const logReview = z
  .object({
    day: reviewDay,
    timeZone: z.string(),
    state: z.enum(dayStates),
    period: z.object({ from: moment, to: moment }),
    startedAt: moment,
    dueAt: moment,
    isLate: z.boolean(),
    lateReason: z.string().nullable(),
    revision: count.meta({ description: 'Of the record: one more with each submission' }),
    reviewers: z.array(named),
    approvers: z.array(named),
    delegatedTo: named.extend({ reason: z.string(), by: z.string() }).nullable(),
    items: z.array(reviewItem).meta({ description: 'What needs a look first' }),
    reference: z
      .array(
        z.object({
          report: z.string(),
          title: z.object({ ja: z.string(), en: z.string() }),
          area: named,
          run: z.uuid(),
          rows: count,
          flagged: count,
        }),
      )
      .meta({ description: 'Runs of reference reports of the same day' }),
    incidents: z
      .array(z.object({ id: z.uuid(), kind: z.string(), where: z.string(), startedAt: moment, state: z.string() }))
      .meta({ description: 'That began or went on during the day' }),
    unfinishedFindings: count.meta({ description: 'Of this day, without an owner' }),
    acts: z.array(reviewAct),
    signatures: z.array(reviewSignature),
    returnedComment: z.string().nullable(),
    may: z.object({
      decide: z.boolean(),
      submit: z.boolean(),
      approve: z.boolean(),
      return: z.boolean(),
      addAddendum: z.boolean(),
      delegate: z.boolean(),
    }),
    hindrances: z
      .array(
        z.enum([
          'items-open',
          'finding-without-owner',
          'runs-unfinished',
          'late-reason-missing',
          'separation-of-duties',
        ]),
      )
      .meta({ description: 'Why the next act cannot be done yet' }),
    recordSha256: z.string().nullable().meta({ description: 'Of the newest record' }),
  })
  .meta({ id: 'LogReview' });
export type LogReviewAnswer = z.infer<typeof logReview>;

export const itemResult = z
  .strictObject({
    result: z.enum(['no-finding', 'exception', 'open']).meta({ description: 'open: takes the result back' }),
    comment: prose.optional(),
    eventIds: z.array(eventId).max(500).optional().meta({ description: 'The lines that an exception pins' }),
    finding: newFinding.omit({ eventIds: true }).partial().optional().meta({ description: 'What else is known of it' }),
  })
  .meta({ id: 'ItemResult' });
export type ItemResult = z.infer<typeof itemResult>;

export const itemLook = z
  .strictObject({ seconds: z.number().int().min(1).max(3_600) })
  .meta({ id: 'ItemLook', description: 'The item was open on the person’s screen for as long' });
export type ItemLook = z.infer<typeof itemLook>;

export const bulkResult = z
  .strictObject({ items: z.array(z.uuid()).min(1).max(500) })
  .meta({ id: 'BulkResult', description: 'No finding in these; only items whose checks are clear' });
export type BulkResult = z.infer<typeof bulkResult>;

export const reviewSigning = z
  .strictObject({
    statement: prose.optional(),
    comment: prose.optional(),
    lateReason: prose.optional(),
    separationReason: prose.optional().meta({
      description: 'Why the same person approves, where the organisation allows that',
    }),
    passkey: passkeyAnswer.optional().meta({ description: 'The answer of the person’s signing credential' }),
  })
  .meta({ id: 'ReviewSigning' });
export type ReviewSigning = z.infer<typeof reviewSigning>;

export const signingOptionsRequest = z
  .strictObject({
    action: z.enum(['submit', 'approve', 'return', 'addenda']),
    statement: prose.optional(),
    comment: prose.optional(),
    lateReason: prose.optional(),
    separationReason: prose.optional(),
  })
  .meta({ id: 'SigningOptionsRequest' });
export type SigningOptionsRequest = z.infer<typeof signingOptionsRequest>;

export const signingOptions = z
  .object({
    recordSha256: z.string().meta({ description: 'Hexadecimal: what will be signed' }),
    passkey: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Options of navigator.credentials.get; null without a signing credential' }),
  })
  .meta({ id: 'SigningOptions' });
export type SigningOptions = z.infer<typeof signingOptions>;

export const delegation = z.strictObject({ to: z.uuid(), reason: prose }).meta({ id: 'ReviewDelegation' });
export type ReviewDelegation = z.infer<typeof delegation>;

export const recordQuery = z
  .strictObject({ format: z.enum(['json', 'pdf']).default('json'), language: z.enum(['ja', 'en']).optional() })
  .meta({ id: 'ReviewRecordQuery' });
export type ReviewRecordQuery = z.infer<typeof recordQuery>;

export const reviewSettings = z
  .strictObject({
    dueMinute: z
      .number()
      .int()
      .min(60)
      .max(1_439)
      .meta({ description: 'Of the day after, by the organisation’s clock' }),
    isSelfApprovalAllowed: z.boolean().meta({ description: 'The reviewer may approve, with a reason that stays' }),
    mustBeDeviceBound: z.boolean().meta({ description: 'Signing credentials that can be copied are refused' }),
    cardData: z.string().max(4_096).meta({
      description: 'Events that fulfil this condition are access to card data; empty: those that formats say are',
    }),
    watchedObjects: z.string().max(4_096).meta({
      description: 'Only objects that fulfil it are in the report on system objects; empty: all',
    }),
    hours: workingHours.meta({ description: 'Of areas that have none of their own' }),
  })
  .meta({ id: 'ReviewSettings' });
export type ReviewSettings = z.infer<typeof reviewSettings>;

const signedDocument = {
  recordSha256: z.string().meta({ description: 'Hexadecimal SHA-256 of the canonical bytes' }),
  record: z.record(z.string(), z.unknown()).meta({ description: 'Its RFC 8785 form is what was signed' }),
  signatures: z.array(reviewSignature.extend({ envelope: z.record(z.string(), z.unknown()) })),
};

export const reviewRecordAnswer = z
  .object({
    day: reviewDay,
    revisions: z
      .array(z.object({ revision: count, submittedAt: moment, ...signedDocument }))
      .meta({ description: 'Oldest first; the last is the one in force' }),
    addenda: z.array(z.object({ number: count, revision: count, addedAt: moment, ...signedDocument })),
  })
  .meta({ id: 'ReviewRecord' });
export type ReviewRecordAnswer = z.infer<typeof reviewRecordAnswer>;
