import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, logGroupPattern, moment } from './values.ts';

const id = z.uuid();
/** Text that people read: no control characters. */
const plain = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character');
const named = (max: number) => plain(max).min(1);

export const accessGroupValues = z
  .strictObject({
    name: named(80),
    description: cardData('masked', plain(500)).default(''),
    ownerId: id.nullable().default(null),
  })
  .meta({ id: 'AccessGroupValues' });

export type AccessGroupValues = z.infer<typeof accessGroupValues>;

export const accessGroup = z
  .object({
    id,
    name: z.string(),
    description: z.string(),
    ownerId: id.nullable().meta({ description: 'Who answers for the group in an access review' }),
    createdAt: moment,
    members: count,
    grants: count.meta({ description: 'In force now' }),
  })
  .meta({ id: 'AccessGroup' });

export const accessGroupsAnswer = z.object({ items: z.array(accessGroup) }).meta({ id: 'AccessGroupsAnswer' });

export type AccessGroupAnswer = z.infer<typeof accessGroup>;
export type AccessGroupsAnswer = z.infer<typeof accessGroupsAnswer>;

export const groupMember = z
  .object({
    userId: id,
    email: z.string(),
    displayName: z.string(),
    role: z.string(),
    addedBy: id.nullable(),
    addedAt: moment,
  })
  .meta({ id: 'GroupMember' });

export const groupMembersAnswer = z.object({ items: z.array(groupMember) }).meta({ id: 'GroupMembersAnswer' });

export type GroupMembersAnswer = z.infer<typeof groupMembersAnswer>;

export const newGroupMember = z
  .strictObject({
    userId: id,
    approvedBy: id.optional().meta({
      description:
        'Needed of whoever enters a group by themselves, or lets somebody into one that reaches further than they do: another person, who lets them in by confirming it',
    }),
  })
  .meta({ id: 'NewGroupMember' });

export type NewGroupMember = z.infer<typeof newGroupMember>;

/** What a grant covers. Streams and sources empty: all of them. */
const coverage = {
  logGroups: z.array(logGroupPattern).min(1).max(100),
  logStreams: z.array(named(512)).max(100).default([]),
  sources: z.array(named(128)).max(100).default([]),
  rowFilter: z.string().max(4_000).nullable().default(null).meta({ description: 'A query; null for every event' }),
  hiddenFields: z
    .array(named(256))
    .max(100)
    .default([])
    .meta({ description: 'Names of fields, `labels` or `labels.<name>`; hiding any hides the text of the record too' }),
};

export const newGrant = z
  .strictObject({
    ...coverage,
    validFrom: moment.optional().meta({ description: 'Now when left out' }),
    validTo: moment.nullable().default(null),
    reason: cardData('masked', named(1_000)),
    approvedBy: id.meta({
      description:
        'Another person than the caller, an approver or an administrator: asked, and the grant is in force once they confirm. The caller only where nobody else can be asked',
    }),
  })
  .meta({ id: 'NewAccessGrant' });

export type NewGrant = z.infer<typeof newGrant>;

const strings = z.array(z.string());

export const accessGrant = z
  .object({
    id,
    groupId: id,
    logGroups: strings,
    logStreams: strings,
    sources: strings,
    rowFilter: z.string().nullable(),
    hiddenFields: strings,
    validFrom: moment,
    validTo: moment.nullable(),
    reason: z.string(),
    approvedBy: z.string(),
    createdBy: id.nullable(),
    createdAt: moment,
    revokedBy: id.nullable(),
    revokedAt: moment.nullable(),
    inForce: z.boolean(),
    approvalId: id.nullable(),
    awaitsApproval: z.boolean().meta({ description: 'Asked for, and not in force: `approvedBy` is who is asked' }),
    approvedAlone: z.boolean().meta({ description: 'Nobody else could have approved it' }),
  })
  .meta({ id: 'AccessGrant' });

export type AccessGrantAnswer = z.infer<typeof accessGrant>;

export const accessGrantsAnswer = z.object({ items: z.array(accessGrant) }).meta({ id: 'AccessGrantsAnswer' });

export type AccessGrantsAnswer = z.infer<typeof accessGrantsAnswer>;
