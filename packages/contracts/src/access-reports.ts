import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, logGroupPattern, moment } from './values.ts';

const strings = z.array(z.string());
const reach = z.enum(['part', 'all']);

/**
 * By what somebody sees something: a grant of a group, the role itself (the audit trail alone), or a support access that
 * is open, whose purpose is the reason and whose end is `validTo`.
 */
const through = z.object({
  kind: z.enum(['grant', 'role', 'support']),
  groupId: z.string().nullable(),
  groupName: z.string().nullable(),
  grantId: z.string().nullable(),
  logGroups: strings,
  logStreams: strings,
  sources: strings,
  rowFilter: z.string().nullable(),
  hiddenFields: strings,
  validTo: moment.nullable(),
  approvedBy: z.string().nullable(),
  reason: z.string().nullable(),
});

export type AccessThrough = z.infer<typeof through>;

/** Who can see a log group now (PCI DSS 10.3.1); an operator of the installation has the id of the support access. */
export const logGroupReaders = z
  .object({
    logGroup: z.string(),
    at: moment,
    people: z.array(
      z.object({
        id: z.string(),
        email: z.string(),
        displayName: z.string(),
        role: z.string(),
        reach,
        through: z.array(through),
      }),
    ),
    keys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        reach,
        logGroups: strings,
        expiresAt: moment.nullable(),
        responsible: z.string().nullable().meta({ description: 'The person whose sight bounds the key' }),
      }),
    ),
  })
  .meta({ id: 'LogGroupReaders' });

export type LogGroupReaders = z.infer<typeof logGroupReaders>;

/** What a person, or an operator by the id of a support access, can see now (PCI DSS 7.2.4). */
export const memberAccess = z
  .object({
    member: z.object({ id: z.string(), email: z.string(), displayName: z.string(), role: z.string() }),
    at: moment,
    permissions: strings,
    groups: z.array(z.object({ id: z.string(), name: z.string() })),
    through: z.array(through),
    logGroups: z.array(
      z.object({
        name: z.string(),
        reach,
        streams: z.array(z.object({ name: z.string(), sourceId: z.string(), reach })),
        hiddenFields: strings.meta({ description: 'Hidden in every event of the log group that the person sees' }),
      }),
    ),
  })
  .meta({ id: 'MemberAccess' });

export type MemberAccess = z.infer<typeof memberAccess>;

export const accessPreviewRequest = z
  .strictObject({
    query: cardData('not-kept', z.string().max(10_000)).default(''),
    from: moment,
    to: moment,
    timeField: z.enum(['@timestamp', 'receivedAt']).default('@timestamp'),
    logGroups: z.array(logGroupPattern).max(200).optional(),
  })
  .meta({ id: 'AccessPreviewRequest' });

export type AccessPreviewRequest = z.infer<typeof accessPreviewRequest>;

/** Counts of what the person would find, of the events and fields that the caller sees too; no event. */
export const accessPreview = z
  .object({
    total: z.object({ value: count, relation: z.enum(['eq', 'gte']) }),
    logGroups: z.array(z.object({ name: z.string(), count })),
    fields: z.array(z.object({ name: z.string(), count })),
  })
  .meta({ id: 'AccessPreview' });

export type AccessPreview = z.infer<typeof accessPreview>;
