import { z } from 'zod';
import { base64, count, moment, queryCursor } from './values.ts';

/** A lawful disposal: its statement stands in the organisation's log before the first object goes. */
export const deletion = z
  .object({
    id: z.uuid(),
    entry: count.meta({ description: 'Number of its statement in the log of the organisation' }),
    createdAt: moment.meta({ description: 'When the statement was sealed' }),
    removedAt: moment
      .nullable()
      .meta({ description: 'When the last of its objects was removed; null while some are there' }),
    blocks: z.string().meta({ description: 'Numbers of the blocks, such as 17-64,70' }),
    blockCount: count,
    records: count,
    bytes: count.nullable().meta({ description: 'Of the objects; null where it was not noted' }),
    firstReceived: moment.nullable().meta({ description: 'Null where the blocks held no records' }),
    lastReceived: moment.nullable(),
    logGroups: z.array(z.string()).meta({ description: 'Of the disposed blocks, those that the caller may see' }),
    policies: z.array(z.string()).meta({ description: 'The policies under which the blocks were kept' }),
    rule: z.object({ id: z.string(), requirement: z.string() }),
    due: moment.meta({ description: 'The latest day until which any of the blocks had to be kept' }),
    root: base64.meta({ description: 'Root of the tree (RFC 6962) over the leaf hashes of the disposed entries' }),
  })
  .meta({ id: 'Deletion' });

export type DeletionAnswer = z.infer<typeof deletion>;

export const deletionsAnswer = z
  .object({ items: z.array(deletion).meta({ description: 'Newest first' }), next: queryCursor.optional() })
  .meta({ id: 'Deletions' });

export type DeletionsAnswer = z.infer<typeof deletionsAnswer>;

export const deletionsQuery = z.strictObject({
  cursor: queryCursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});

export type DeletionsQuery = z.infer<typeof deletionsQuery>;

export const certificateQuery = z
  .strictObject({
    format: z.enum(['json', 'pdf']).default('json'),
    language: z.enum(['ja', 'en']).default('en').meta({ description: 'Of the PDF' }),
  })
  .meta({ id: 'CertificateQuery' });

export type CertificateQuery = z.infer<typeof certificateQuery>;

export const certificateProof = z
  .object({
    entry: count,
    treeSize: count,
    inclusionProof: z.array(base64).meta({ description: 'Audit path of the entry (RFC 6962), from its neighbour up' }),
    checkpoint: z.string().meta({ description: 'Signed tree head of this size (C2SP tlog-checkpoint)' }),
    verifierKey: z.string().meta({ description: 'The key that signed it; compare it with the one you hold' }),
  })
  .meta({ description: 'That the statement stands in the log' });

export const disposalCertificate = z
  .object({
    format: z.literal('akashi disposal certificate v1'),
    organisation: z.object({ id: z.uuid(), name: z.string() }),
    disposal: deletion,
    statement: z.string().meta({ description: 'The entry of the log, byte by byte as it was sealed' }),
    proof: certificateProof,
  })
  .meta({ id: 'DisposalCertificate' });

export type DisposalCertificate = z.infer<typeof disposalCertificate>;
