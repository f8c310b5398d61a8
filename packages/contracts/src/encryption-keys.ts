import { z } from 'zod';
import { certificateProof } from './deletions.ts';
import { cardData } from './kept-text.ts';
import { displayName } from './organisation.ts';
import { count, moment } from './values.ts';

/** A key that an organisation's records lie under, or that signs its log. Never the key itself. */
export const encryptionKey = z
  .object({
    id: z.string(),
    kind: z.enum(['data', 'signing', 'inbox']),
    since: moment.nullable().meta({ description: 'When it came into use; null where the log does not say' }),
    until: moment.nullable().meta({ description: 'When another took its place; null while it is in use' }),
    isInUse: z.boolean().meta({ description: 'Whether it is the one that is written or signed with' }),
    blocks: count.nullable().meta({ description: 'Of a data key: blocks under it' }),
    records: count.nullable(),
    rotationDueAt: moment
      .nullable()
      .meta({ description: 'Of the one in use: when the next takes its place by itself' }),
    verifierKey: z.string().nullable().meta({ description: 'Of a signing key: its public half' }),
  })
  .meta({ id: 'EncryptionKey' });

export type EncryptionKeyAnswer = z.infer<typeof encryptionKey>;

export const encryptionKeysAnswer = z
  .object({ items: z.array(encryptionKey).meta({ description: 'By kind, newest first' }) })
  .meta({ id: 'EncryptionKeys' });

export type EncryptionKeysAnswer = z.infer<typeof encryptionKeysAnswer>;

export const dataKeyExportRequest = z
  .strictObject({
    reason: cardData('masked', displayName.max(500)),
    ids: z.array(z.string().max(100)).min(1).max(1000).optional().meta({ description: 'All data keys without it' }),
  })
  .meta({ id: 'DataKeyExportRequest' });

export type DataKeyExportRequest = z.infer<typeof dataKeyExportRequest>;

export const dataKeyExport = z
  .object({
    ids: z.array(z.string()),
    text: z.string().meta({ description: 'What `akashi-verify --data-key FILE` reads: one line a key' }),
  })
  .meta({ id: 'DataKeyExport' });

export type DataKeyExport = z.infer<typeof dataKeyExport>;

/** How the installation keeps its keys. */
export const installationKeys = z
  .object({
    installationKey: z.object({
      id: z.string(),
      source: z.enum(['default-file', 'file', 'environment', 'command']),
    }),
    recoveryExport: z
      .object({
        at: moment,
        confirmedAt: moment
          .nullable()
          .meta({ description: 'When somebody said that it lies elsewhere, with its passphrase' }),
        confirmedBy: z.string().nullable(),
      })
      .nullable(),
    keysWithoutExport: count.meta({ description: 'Keys of organisations that are in no export' }),
    isSafe: z.boolean().meta({ description: 'Whether every key is in a confirmed export' }),
  })
  .meta({ id: 'InstallationKeys' });

export type InstallationKeysAnswer = z.infer<typeof installationKeys>;

/** That the keys of a closed organisation's records were destroyed. */
export const keyDestructionCertificate = z
  .object({
    format: z.literal('akashi key destruction certificate v1'),
    organisation: z.object({ id: z.uuid(), name: z.string() }),
    destruction: z.object({
      entry: count,
      createdAt: moment.meta({ description: 'When the statement was sealed that ends the log' }),
      destroyedAt: moment.nullable().meta({ description: 'When the last key was gone; null while it is under way' }),
      closedAt: moment,
      due: moment.meta({ description: 'When the last retention was over' }),
      keys: z.array(
        z.object({
          id: z.string(),
          fingerprint: z.string().nullable().meta({ description: 'SHA-256 of the key behind a fixed line, as base64' }),
          blocks: count,
          records: count,
        }),
      ),
      blocks: count,
      records: count,
      rule: z.object({ id: z.string(), requirement: z.string() }),
    }),
    outside: z.object({ recoveryExport: moment.nullable() }).meta({
      description: 'What still holds these keys and is for the operator to destroy: the last recovery export',
    }),
    statement: z.string().meta({ description: 'The entry of the log, byte by byte as it was sealed' }),
    proof: certificateProof,
  })
  .meta({ id: 'KeyDestructionCertificate' });

export type KeyDestructionCertificate = z.infer<typeof keyDestructionCertificate>;
