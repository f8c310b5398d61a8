import { z } from 'zod';
import { displayName } from './session.ts';
import { count, moment } from './values.ts';
import { signingSecret, webAddress } from './web-addresses.ts';

const cadence = z.enum(['daily', 'weekly', 'by-hand']).meta({
  description: 'How often a checkpoint leaves by itself; `weekly` on Mondays, `by-hand` only when somebody asks',
});
const wayKind = z.enum(['contacts', 'webhook', 'bucket', 'time-stamp']);

/** Where checkpoints leave to, so that a copy is out of reach of whoever runs the installation. */
export const checkpointWay = z
  .object({
    id: z.uuid(),
    kind: wayKind.meta({
      description:
        '`contacts`: by mail to the contacts for security, else all contacts, else the administrators; `time-stamp`: an authority (RFC 3161)',
    }),
    name: z.string(),
    target: z.string().meta({ description: 'An address on the web; empty for the contacts' }),
    cadence,
    bucket: z
      .object({ region: z.string(), bucket: z.string(), prefix: z.string(), accessKeyId: z.string() })
      .optional()
      .meta({ description: 'Of a bucket' }),
    certificate: z.string().optional().meta({ description: 'Of an authority for time stamps: whom to trust, as PEM' }),
    createdBy: z.string().optional(),
    createdAt: moment.optional().meta({ description: 'Absent for the contacts, which were there from the beginning' }),
  })
  .meta({ id: 'CheckpointWay' });

export type CheckpointWayAnswer = z.infer<typeof checkpointWay>;

export const checkpointWaysAnswer = z.object({ items: z.array(checkpointWay) }).meta({ id: 'CheckpointWays' });

export type CheckpointWaysAnswer = z.infer<typeof checkpointWaysAnswer>;

/** Bucket names of S3 (three letters or more), and what a key may begin with. */
const bucketName = z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/);
const keyPrefix = z
  .string()
  .regex(/^(?:[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*)?$/)
  .max(200);

export const newCheckpointWay = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('webhook'),
      name: displayName,
      target: webAddress,
      cadence: cadence.default('daily'),
    }),
    z.strictObject({
      kind: z.literal('bucket'),
      name: displayName,
      target: webAddress.meta({
        description: 'The endpoint of the store, such as https://s3.ap-northeast-1.amazonaws.com',
      }),
      region: z.string().regex(/^[a-z0-9-]{1,40}$/),
      bucket: bucketName,
      prefix: keyPrefix.default(''),
      accessKeyId: z.string().regex(/^[\x21-\x7e]{1,128}$/),
      secretAccessKey: z.string().regex(/^[\x21-\x7e]{1,256}$/),
      cadence: cadence.default('daily'),
    }),
    z.strictObject({
      kind: z.literal('time-stamp'),
      name: displayName,
      target: webAddress,
      certificate: z
        .string()
        .max(20_000)
        .meta({ description: 'The certificate of the authority, or of its root, as PEM' }),
      cadence: cadence.default('daily'),
    }),
  ])
  .meta({ id: 'NewCheckpointWay' });

export type NewCheckpointWay = z.infer<typeof newCheckpointWay>;

export const createdCheckpointWay = checkpointWay
  .extend({ secret: signingSecret })
  .meta({ id: 'CreatedCheckpointWay' });

export type CreatedCheckpointWay = z.infer<typeof createdCheckpointWay>;

export const checkpointWayChange = z
  .strictObject({ name: displayName.optional(), cadence: cadence.optional() })
  .meta({ id: 'CheckpointWayChange' });

export type CheckpointWayChange = z.infer<typeof checkpointWayChange>;

/** What left when to whom. */
const checkpointSending = z
  .object({
    id: z.uuid(),
    wayId: z.uuid(),
    kind: wayKind,
    name: z.string(),
    target: z.string(),
    treeSize: count,
    note: z.string().meta({ description: 'The signed note that leaves' }),
    provenAt: moment.meta({ description: 'When verification proved this state of the log' }),
    day: z.string().optional().meta({ description: 'The day that it is of; absent for one that somebody asked for' }),
    askedBy: z.string().optional(),
    createdAt: moment,
    state: z.enum(['waiting', 'sent', 'failed']),
    attempts: count,
    error: z.string().optional().meta({ description: 'Why it was not taken the last time, as a code' }),
    finishedAt: moment.optional(),
    receivers: z.array(z.string()).meta({ description: 'Mail addresses, a URL, or the keys of objects' }),
    timeStamp: z.object({ at: moment, authority: z.string() }).optional(),
  })
  .meta({ id: 'CheckpointSending' });

export type CheckpointSendingAnswer = z.infer<typeof checkpointSending>;

export const checkpointSendingsQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) });

export const checkpointSendingsAnswer = z
  .object({ items: z.array(checkpointSending) })
  .meta({ id: 'CheckpointSendings' });

export type CheckpointSendingsAnswer = z.infer<typeof checkpointSendingsAnswer>;

export const newCheckpointSending = z
  .strictObject({ ways: z.array(z.uuid()).min(1).max(30).optional().meta({ description: 'Left out: all of them' }) })
  .meta({ id: 'NewCheckpointSending' });

export type NewCheckpointSending = z.infer<typeof newCheckpointSending>;
