import { keepingStates, type KeepingReason, type KeepingState } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, logName, moment } from './values.ts';

const person = z.object({ id: z.uuid(), name: z.string(), email: z.string() });

/** Text that people read: no control characters. */
const plain = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character');

const policyId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'may hold small letters, digits and -, at most 32 of them');

const days = {
  onlineDays: z.number().int().min(1).max(36_525).meta({ description: 'How long records are searched at once' }),
  keptDays: z
    .number()
    .int()
    .min(1)
    .max(36_525)
    .nullable()
    .meta({ description: 'How long records are kept, from their receipt; null: they never expire' }),
};

const retentionDays = z.object(days);

export type RetentionDays = z.infer<typeof retentionDays>;

const title = cardData('masked', plain(80)).nullable();

export const retentionPolicyRef = z
  .object({
    id: policyId.meta({ description: 'Stable: blocks name it' }),
    title: z.string().nullable().meta({ description: 'Null: told by its days' }),
    ...days,
  })
  .meta({ id: 'RetentionPolicyRef' });

export type RetentionPolicyRef = z.infer<typeof retentionPolicyRef>;

export const newRetentionPolicy = z
  .strictObject({
    id: policyId.optional().meta({ description: 'Made by the product when left out' }),
    title: title.default(null),
    ...days,
    outOfScopeOnly: z.boolean().default(false).meta({
      description: 'Below the floors of PCI DSS 10.5.1, and so for log groups out of PCI scope alone',
    }),
  })
  .meta({ id: 'NewRetentionPolicy' });

export type NewRetentionPolicy = z.infer<typeof newRetentionPolicy>;

export const retentionPolicyChange = z
  .strictObject({
    title: title.optional(),
    onlineDays: days.onlineDays.optional(),
    keptDays: days.keptDays.optional(),
  })
  .meta({ id: 'RetentionPolicyChange', description: 'What is left out stays as it is' });

export type RetentionPolicyChange = z.infer<typeof retentionPolicyChange>;

/** Blocks whose dates in the archive follow a raise; what is not done yet is not removed either. */
const raising = z.object({
  since: moment,
  blocks: count.meta({ description: 'How many still wait for their longer date in the archive' }),
});

export const retentionPolicyAnswer = z
  .object({
    ...retentionPolicyRef.shape,
    isDefault: z.boolean().meta({ description: 'Of every log group that nobody gave another one' }),
    outOfScopeOnly: z.boolean(),
    logGroups: count.meta({ description: 'How many of the log groups that the caller may see have it' }),
    createdAt: moment,
  })
  .meta({ id: 'RetentionPolicy' });

export type RetentionPolicyAnswer = z.infer<typeof retentionPolicyAnswer>;

export const retentionPoliciesAnswer = z
  .object({
    items: z.array(retentionPolicyAnswer).meta({ description: 'The default first, then by id' }),
    onlineClasses: z.object({ inUse: count, most: count }).meta({
      description: 'Distinct numbers of days online in the installation; no more than `most` can be had',
    }),
  })
  .meta({ id: 'RetentionPolicies' });

export type RetentionPoliciesAnswer = z.infer<typeof retentionPoliciesAnswer>;

/** One of both: a policy that stands, or days for which one is found or made. */
export const logGroupRetention = z
  .union([z.strictObject({ policyId }), z.strictObject(days)])
  .meta({ id: 'LogGroupRetention' });

export type LogGroupRetention = z.infer<typeof logGroupRetention>;

export const pciScopeChange = z
  .union([
    z.strictObject({ inScope: z.literal(true) }),
    z.strictObject({ inScope: z.literal(false), reason: cardData('masked', plain(1_000)) }),
  ])
  .meta({ id: 'PciScopeChange' });

export type PciScopeChange = z.infer<typeof pciScopeChange>;

/** A change of keeping, with what it was and what it becomes. Lowerings of it wait for a second person. */
export const retentionChange = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('policy'), policyId, before: retentionDays, after: retentionDays }),
    z.object({
      kind: z.literal('log-group'),
      logGroup: logName,
      before: retentionPolicyRef,
      after: retentionPolicyRef,
    }),
    z.object({
      kind: z.literal('scope'),
      logGroup: logName,
      before: z.boolean(),
      after: z.boolean(),
      reason: z.string(),
    }),
  ])
  .meta({ id: 'RetentionChange' });

export type RetentionChange = z.infer<typeof retentionChange>;

export const waitingRetentionChange = z
  .object({
    approvalId: z.uuid(),
    change: retentionChange,
    requestedBy: person,
    requestedAt: moment,
    lapsesAt: moment,
  })
  .meta({ id: 'WaitingRetentionChange' });

export type WaitingRetentionChange = z.infer<typeof waitingRetentionChange>;

export const retentionStates = keepingStates;

export type RetentionState = KeepingState;

export const retentionReasons = [
  /** The oldest is as old as the floor asks, or nothing came earlier in it. */
  'complete',
  /** Exists for less time than the floor: everything since then is there. */
  'younger-than-floor',
  /** The policy says fewer days than the floor. */
  'policy-below-floor',
  /** Records that came within the floor are in no index. */
  'not-online',
  /** Records that came within the floor were removed. */
  'removed-early',
  /** The index could not be asked. */
  'index-unavailable',
  /** The caller sees a part of it alone. */
  'seen-in-part',
  'nothing-received',
  'out-of-scope',
] as const satisfies readonly KeepingReason[];

export type RetentionReason = KeepingReason;

const side = z.object({
  state: z.enum(retentionStates),
  reason: z.enum(retentionReasons),
  floorDays: count,
});

export const retentionVerdict = z
  .object({
    state: z.enum(retentionStates).meta({ description: 'The worse of both' }),
    online: side.meta({ description: 'The last three months ready for analysis' }),
    kept: side.meta({ description: 'Twelve months of history' }),
    youngUntil: moment.nullable().meta({ description: 'Of a young one: when it will be as old as the floors ask' }),
  })
  .meta({ id: 'RetentionVerdict', description: 'Whether PCI DSS 10.5.1 holds here, and why' });

export type RetentionVerdict = z.infer<typeof retentionVerdict>;

const holdRef = z.object({ id: z.uuid(), reason: z.string() });

const standing = {
  since: moment.nullable().meta({ description: 'When its first record came' }),
  lastReceivedAt: moment.nullable(),
  oldestOnline: moment.nullable().meta({ description: 'Receive time of the oldest record that is searched at once' }),
  oldestKept: moment.nullable().meta({ description: 'Receive time of the oldest record in the archive' }),
  verdict: retentionVerdict,
};

export const logGroupKeeping = z
  .object({
    logGroup: z.string(),
    reach: z.enum(['all', 'part']).meta({
      description: 'Of one that the caller sees in part only policy and scope show; its times are null',
    }),
    policy: retentionPolicyRef,
    inScope: z.boolean(),
    scopeException: z
      .object({ reason: z.string(), by: z.string(), approvedBy: z.string().nullable(), at: moment })
      .nullable()
      .meta({ description: 'Why it is out of PCI scope, who said so and when' }),
    ...standing,
    streams: z.object({ count, holds: count, young: count, broken: count }).nullable(),
    holds: z.array(holdRef).meta({ description: 'Legal holds in force on it' }),
    nextDeletionAt: moment.nullable().meta({
      description: 'When the next block that holds records of it is due and not held; null: none that is known of',
    }),
    raising: raising.nullable(),
    waiting: z.array(z.uuid()).meta({ description: 'Approvals that wait and concern it' }),
  })
  .meta({ id: 'LogGroupKeeping' });

export type LogGroupKeeping = z.infer<typeof logGroupKeeping>;

export const retentionAnswer = z
  .object({
    asOf: moment,
    requirement: z.literal('pci:4.0.1:10.5.1'),
    floors: z.object({ onlineDays: count, keptDays: count }),
    state: z.enum(retentionStates).meta({ description: 'The worst of the log groups in PCI scope' }),
    counts: z.partialRecord(z.enum(retentionStates), count).meta({ description: 'Log groups by state' }),
    items: z.array(logGroupKeeping).meta({ description: 'By name' }),
    waiting: z.array(waitingRetentionChange).meta({ description: 'What waits for a second person, newest first' }),
  })
  .meta({ id: 'Retention' });

export type RetentionAnswer = z.infer<typeof retentionAnswer>;

export const logStreamKeeping = z.object({ logStream: z.string(), ...standing }).meta({ id: 'LogStreamKeeping' });

export type LogStreamKeeping = z.infer<typeof logStreamKeeping>;

export const logGroupKeepingDetail = z
  .object({
    ...logGroupKeeping.shape,
    items: z.array(logStreamKeeping).meta({ description: 'Its log streams, by name; empty where it is seen in part' }),
    changes: z
      .array(z.object({ change: retentionChange, by: z.string(), approvedBy: z.string().nullable(), at: moment }))
      .meta({ description: 'What was changed of it, of its policy and of its scope, newest first' }),
  })
  .meta({ id: 'LogGroupKeepingDetail' });

export type LogGroupKeepingDetail = z.infer<typeof logGroupKeepingDetail>;

export const retentionEvidenceQuery = z
  .strictObject({
    format: z.enum(['csv', 'json']),
    language: z.enum(['ja', 'en']).default('en').meta({ description: 'Of the column names of the CSV' }),
  })
  .meta({ id: 'RetentionEvidenceQuery' });

export type RetentionEvidenceQuery = z.infer<typeof retentionEvidenceQuery>;
