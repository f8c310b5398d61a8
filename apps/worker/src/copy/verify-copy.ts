import type { S3Credentials } from '@akashi/archive';
import type { CopiedLog, Database } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import { findingsOf } from '../verification/verify-whole-archive.ts';
import { runVerifier } from '../verification/run-verifier.ts';

export interface VerifyCopyParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly keyring: { forTenant(tenantId: string): Pick<ReturnType<Keyring['forTenant']>, 'verifierKeys'> };
  readonly copyUrl: string;
  readonly credentials: S3Credentials | undefined;
  readonly keysFolder: string;
  readonly now: () => Date;
  readonly clockOffsetSeconds: number;
}

/** Before the place of what was found in the second archive, to tell it from the first. */
export const copyPlace = 'copy: ';

/**
 * Proves the second archive of one organisation by itself, with the checks of `akashi-verify` (PCI DSS 10.3.4). What it finds
 * stands beside the findings of the archive until it finds it gone: an object that is wrong in both is named twice.
 */
export async function verifyCopy(
  parts: VerifyCopyParts,
  { tenantId, copiedSize }: Pick<CopiedLog, 'tenantId' | 'copiedSize'>,
): Promise<void> {
  const at = parts.now();
  const tenant = parts.database.forTenant(tenantId);
  const [verifierKey = ''] = parts.keyring.forTenant(tenantId).verifierKeys();
  const report = await runVerifier({
    archiveUrl: parts.copyUrl,
    credentials: parts.credentials,
    keysFolder: parts.keysFolder,
    tenantId,
    verifierKey,
    heldNote: undefined,
    clockOffsetSeconds: parts.clockOffsetSeconds,
  });
  const found = findingsOf(report);
  if (report.size < copiedSize) found.push({ code: 'archive-behind-ledger', where: 'log/checkpoint' });
  await tenant.verificationFindings.settle({
    part: 'copy',
    found: found.map((finding) => ({ ...finding, where: `${copyPlace}${finding.where}` })),
    covers: () => true,
    at,
  });
  await tenant.archiveCopy.noteVerified(at);
}
