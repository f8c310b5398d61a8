import { z } from 'zod';
import { seal } from './seal.ts';
import { count, cursor, eventReference, moment, queryCursor, sha256Base64 } from './values.ts';

export const checkpointAnswer = z
  .object({
    origin: z.string(),
    treeSize: count,
    rootHash: sha256Base64.nullable(),
    note: z.string().nullable().meta({ description: 'The signed note; null before the first block' }),
    verifierKey: z.string(),
  })
  .meta({ id: 'Checkpoint' });

export type CheckpointAnswer = z.infer<typeof checkpointAnswer>;

export const blocksQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: queryCursor.optional(),
});

export const block = z
  .object({
    number: count,
    records: count.meta({ description: '0 for a heartbeat and for a statement' }),
    statement: z
      .object({ kind: z.string() })
      .nullable()
      .meta({ description: 'What the entry is about when it is a statement and no block, such as a disposal' }),
    firstReceivedAt: moment.nullable(),
    lastReceivedAt: moment.nullable(),
    createdAt: moment,
    sealedAt: moment,
    rootHash: sha256Base64,
    bodySha256: sha256Base64,
    bodyLength: count,
    objectKey: z
      .string()
      .nullable()
      .meta({ description: 'Null for what is an entry of the log alone: a heartbeat, a statement' }),
    header: z.string().meta({ description: 'The canonical text, which is the entry in the log' }),
    seal,
  })
  .meta({ id: 'Block' });

export const blocksAnswer = z.object({ items: z.array(block), next: cursor.optional() }).meta({ id: 'BlocksAnswer' });

export type BlocksAnswer = z.infer<typeof blocksAnswer>;

export const verification = z
  .object({
    id: z.string(),
    kind: z.string(),
    outcome: z.enum(['proven', 'altered', 'unreadable']),
    startedAt: moment,
    finishedAt: moment.nullable(),
    treeSize: count,
    blocks: count,
    records: count,
    findings: z.array(
      z.object({
        code: z.string(),
        where: z.string(),
        block: count.optional(),
        event: eventReference.optional(),
        fields: z.array(z.string()).optional(),
      }),
    ),
  })
  .meta({ id: 'Verification' });

export const verificationsAnswer = z.object({ items: z.array(verification) }).meta({ id: 'VerificationsAnswer' });

export type VerificationsAnswer = z.infer<typeof verificationsAnswer>;

const pass = {
  startedAt: moment.nullable().meta({ description: 'Null between two passes' }),
  dueAt: moment.nullable().meta({ description: 'When it, or the next one, is to have reached its end' }),
  wholeAt: moment.nullable().meta({ description: 'When the newest pass began that reached its end' }),
  done: count,
  total: count,
};

/** How far verification has come: what was looked at once, and the passes that go over everything again. */
export const verificationProgress = z
  .object({
    treeSize: count.meta({ description: 'Sealed blocks now' }),
    provenSize: count.meta({ description: 'Blocks that were proven at least once' }),
    archive: z.object(pass).nullable().meta({ description: 'In blocks; null before the first verification' }),
    online: z.object(pass).nullable().meta({ description: 'In records; null before the first verification' }),
    documents: z.object({ records: count, outdated: count }).meta({
      description:
        'Searchable records, and those of them that were read by other settings or readers than today’s. They are made again by themselves',
    }),
  })
  .meta({ id: 'VerificationProgress' });

export type VerificationProgress = z.infer<typeof verificationProgress>;
