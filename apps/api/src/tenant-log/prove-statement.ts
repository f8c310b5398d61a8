import { keepCheckpoint } from '@akashi/archive';
import type { DisposalCertificate } from '@akashi/contracts';
import type { TenantId } from '@akashi/database';
import { createLogReader, LogReadError } from '@akashi/integrity';
import { AppError } from '@akashi/server-kit';
import type { ApiParts } from '../api-parts.ts';

export interface StatementToProve {
  readonly tenantId: TenantId;
  /** Number of the statement in the organisation's log. */
  readonly entry: number;
  /** Of the newest head of that log. */
  readonly size: number;
  /** The signed note of this size. */
  readonly checkpoint: string;
}

/** A statement's text, and that the organisation's log holds it, as certificates show both. */
export type ProvenStatement = Pick<DisposalCertificate, 'statement' | 'proof'>;

/**
 * Reads a statement with its inclusion proof (RFC 6962 section 2.1.1). The checkpoint is kept before it is given: whoever has it
 * may come back with it. Throws `evidence-altered` where the archive's log is not what it was.
 */
export async function proveStatement(
  { archive, keyring }: Pick<ApiParts, 'archive' | 'keyring'>,
  { tenantId, entry, size, checkpoint }: StatementToProve,
): Promise<ProvenStatement> {
  const own = archive.forTenant(tenantId);
  await keepCheckpoint(own, checkpoint);
  const reader = createLogReader((path) => own.get(`log/${path}`));
  try {
    const statement = await reader.entry(entry, size);
    const path = await reader.inclusionProof(entry, size);
    return {
      statement: statement.toString('utf8'),
      proof: {
        entry,
        treeSize: size,
        inclusionProof: path.map((hash) => hash.toString('base64')),
        checkpoint,
        verifierKey: keyring.forTenant(tenantId).verifierKeyOf(checkpoint),
      },
    };
  } catch (error) {
    if (error instanceof LogReadError)
      throw new AppError('evidence-altered', { params: { object: `log/${error.path}` }, reason: error.code });
    throw error;
  }
}
