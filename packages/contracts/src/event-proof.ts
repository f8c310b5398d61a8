import { z } from 'zod';
import { base64, count, eventId, sha256Base64 } from './values.ts';

const proofBytes = z.union([z.object({ text: z.string() }), z.object({ base64 })]);

/** Everything between one record and a signed checkpoint; `@akashi/integrity/proof` checks it without a server. */
export const eventProof = z
  .object({
    format: z.literal('akashi event proof v1'),
    event: z.object({
      leaf: count,
      flags: count,
      origin: proofBytes,
      receivedAtUs: count,
      sequence: count,
      notes: proofBytes,
      record: proofBytes,
    }),
    blockPath: z.array(sha256Base64),
    header: z.string(),
    logPath: z.array(sha256Base64),
    checkpoint: z.string(),
    keyChanges: z
      .array(z.object({ statement: z.string(), logPath: z.array(sha256Base64), checkpoint: z.string() }))
      .optional()
      .meta({
        description:
          'Changes of the signing key, oldest first: from an earlier key to the one that signed the checkpoint',
      }),
  })
  .meta({ id: 'EventProof' });

/** For a reader to whom a grant hides the text: the record stands as its hash alone, everything above it as it is. */
export const withheldProof = eventProof
  .omit({ format: true, event: true })
  .extend({ leaf: count, leafHash: sha256Base64.meta({ description: 'RFC 6962 hash of the sealed record' }) })
  .meta({ id: 'WithheldProof' });

export const proofAnswer = z
  .object({
    id: eventId,
    proof: eventProof.optional().meta({ description: 'Absent when the text is hidden from the reader' }),
    withheld: withheldProof.optional().meta({ description: 'In its place then' }),
    document: z
      .object({ fields: z.array(z.string()) })
      .optional()
      .meta({
        description:
          'What the search index holds of the event against what its sealed record gives, compared now: the fields that differ. Absent when fields are hidden from the reader',
      }),
    verifierKey: z.string().meta({ description: 'Signed-note verifier key; compare it with one kept elsewhere' }),
  })
  .meta({ id: 'EventProofAnswer' });

export type ProofAnswer = z.infer<typeof proofAnswer>;
