import { readFile } from 'node:fs/promises';
import type { TenantId, VerificationFinding } from '@akashi/database';
import { compareLedger } from './compare-ledger.ts';
import { logReaderOf } from './log-root.ts';
import { runVerifier, type VerifierReport } from './run-verifier.ts';
import type { VerificationParts } from './verification-parts.ts';

export interface WholeArchive {
  readonly report: VerifierReport;
  readonly findings: VerificationFinding[];
}

function findingsOf(report: VerifierReport): VerificationFinding[] {
  return report.problems.map(({ code, object, block, leaf }) => {
    const place = [object, block === undefined ? '' : `block ${block}`, leaf === undefined ? '' : `record ${leaf}`];
    return {
      code,
      where: place.filter((part) => part !== '').join(' '),
      ...(block === undefined ? {} : { block }),
      ...(leaf === undefined ? {} : { leaf }),
    };
  });
}

async function* readEntries(parts: VerificationParts, tenantId: TenantId, size: number): AsyncIterable<Uint8Array> {
  const reader = logReaderOf(parts.archive.forTenant(tenantId));
  for (let index = 0; index < size; index += 1) yield await reader.entry(index, size);
}

/** Everything that is archived, by the offline verifier and against the held checkpoint, and every row of the ledger. */
export async function verifyWholeArchive(
  parts: VerificationParts,
  tenantId: TenantId,
  wanted: { readonly heldFile: string | undefined; readonly ledgerSize: number },
): Promise<WholeArchive> {
  const keys = parts.keyring.forTenant(tenantId);
  const report = await runVerifier({
    archiveUrl: parts.archiveUrl,
    keysFolder: parts.keysFolder,
    tenantId,
    // From the first key on: the log itself has to lead to the one that signs it now.
    verifierKey: keys.verifierKeys()[0] ?? keys.verifierKey(),
    clockOffsetSeconds: parts.clockOffsetSeconds,
    heldNote: wanted.heldFile === undefined ? undefined : await readFile(wanted.heldFile, 'utf8'),
  });
  const findings = findingsOf(report);
  if (report.size < wanted.ledgerSize) findings.push({ code: 'archive-behind-ledger', where: 'log/checkpoint' });
  if (findings.length > 0) return { report, findings };
  const entries = readEntries(parts, tenantId, Math.min(report.size, wanted.ledgerSize));
  const ofLedger = await compareLedger({ tenant: parts.database.forTenant(tenantId), entries });
  return { report, findings: ofLedger };
}
