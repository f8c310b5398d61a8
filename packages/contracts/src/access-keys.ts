import { z } from 'zod';
import { senderEncodings } from './source-settings.ts';
import { count, logGroupPattern, moment } from './values.ts';

const name = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .refine((text) => !/\p{Cc}/u.test(text), 'holds a control character');

const scope = {
  name,
  logGroups: z.array(logGroupPattern).min(1).max(100).meta({ description: 'Names; `*` stands for any characters' }),
  addressRanges: z
    .array(z.string().max(64))
    .max(50)
    .default([])
    .meta({ description: 'CIDR ranges or addresses the key is used from; empty: from anywhere' }),
  encoding: z
    .enum(senderEncodings)
    .nullable()
    .optional()
    .meta({ description: 'Of text that is sent with an ingest key and does not say its charset; null: UTF-8' }),
  expiresAt: moment
    .nullable()
    .optional()
    .meta({ description: 'An API key always ends: after 90 days when left out, after 365 at the latest' }),
};

export const newAccessKey = z
  .strictObject({
    kind: z.enum(['ingest', 'api']).meta({ description: '`ingest` only writes, `api` only reads' }),
    ...scope,
  })
  .meta({ id: 'NewAccessKey' });

export type NewAccessKeyRequest = z.infer<typeof newAccessKey>;

export const accessKeyValues = z.strictObject(scope).meta({ id: 'AccessKeyValues' });

export type AccessKeyValues = z.infer<typeof accessKeyValues>;

export const keyRotation = z
  .strictObject({
    overlapHours: z
      .number()
      .int()
      .min(0)
      .max(168)
      .default(24)
      .meta({ description: 'How long the secret so far is accepted too' }),
    expiresAt: scope.expiresAt,
  })
  .meta({ id: 'KeyRotation' });

export type KeyRotationRequest = z.infer<typeof keyRotation>;

export const accessKey = z
  .object({
    id: z.uuid(),
    kind: z.enum(['ingest', 'api']),
    name: z.string(),
    status: z.enum(['active', 'expired', 'revoked']),
    logGroups: z.array(z.string()),
    addressRanges: z.array(z.string()),
    createdAt: moment,
    createdBy: z.string().nullable(),
    responsible: z.object({ id: z.uuid(), name: z.string(), email: z.string(), active: z.boolean() }).nullable().meta({
      description:
        'Who made the key or rotated it last. An API key shows no more than this person sees now; nobody, or a person whose account has ended: it shows nothing',
    }),
    responsibleSince: moment.nullable(),
    expiresAt: moment.nullable(),
    lastUsedAt: moment.nullable(),
    lastUsedFrom: z.string().nullable(),
    rotatedAt: moment.nullable(),
    formerEndsAt: moment.nullable().meta({ description: 'Until when the secret before the last rotation is accepted' }),
    revokedAt: moment.nullable(),
    encoding: z.string().nullable(),
  })
  .meta({ id: 'AccessKey' });

export type AccessKeyAnswer = z.infer<typeof accessKey>;

export const accessKeysAnswer = z.object({ items: z.array(accessKey) }).meta({ id: 'AccessKeysAnswer' });

export type AccessKeysAnswer = z.infer<typeof accessKeysAnswer>;

/** The one answer that holds the secret. */
export const accessKeyWithSecret = z
  .object({ key: accessKey, secret: z.string().meta({ description: 'Shown this once; only its hash is kept' }) })
  .meta({ id: 'AccessKeyWithSecret' });

export type AccessKeyWithSecret = z.infer<typeof accessKeyWithSecret>;

/** Whether anything has come from one source or key: what a page asks while it waits for the first line. */
export const arrivalAnswer = z
  .object({
    state: z.enum(['waiting', 'receiving']),
    firstSeenAt: moment.nullable(),
    lastReceivedAt: moment.nullable(),
    records: count,
    streams: z
      .array(z.object({ logGroup: z.string(), logStream: z.string() }))
      .meta({ description: 'The newest 20, newest first' }),
  })
  .meta({ id: 'Arrival' });

export type ArrivalAnswer = z.infer<typeof arrivalAnswer>;
