import { readFile } from 'node:fs/promises';
import type { TenantId, VerificationFinding } from '@akashi/database';
import { parseCheckpoint } from '@akashi/integrity';
import { readProvenEntries } from './check-log-growth.ts';
import { ledgerFindings, unsealedRow } from './compare-ledger.ts';
import { logReaderOf } from './log-root.ts';
import { runVerifier, type VerifierReport } from './run-verifier.ts';
import type { VerificationParts } from './verification-parts.ts';

export interface WholeArchive {
  readonly report: VerifierReport;
  readonly findings: VerificationFinding[];
}

export function findingsOf(report: VerifierReport): VerificationFinding[] {
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

/** So many entries are held at a time. */
const pageOfEntries = 1_024;

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
  return { report, findings: await compareWithLog(parts, tenantId, { report, size: wanted.ledgerSize }) };
}

/**
 * Every row of the ledger against its entry. The entries are read again, as the log may have grown since: at the size that was
 * verified, and held against the root that was.
 */
async function compareWithLog(
  parts: VerificationParts,
  tenantId: TenantId,
  { report, size }: { readonly report: VerifierReport; readonly size: number },
): Promise<VerificationFinding[]> {
  const tenant = parts.database.forTenant(tenantId);
  const verified = parseCheckpoint(report.checkpoint ?? '');
  if (!verified.ok) return unsealedRow(tenant);
  const reader = logReaderOf(parts.archive.forTenant(tenantId));
  const end = Math.min(verified.checkpoint.size, size);
  const found: VerificationFinding[] = [];
  for (let from = 0; from < end; from += pageOfEntries) {
    const to = Math.min(from + pageOfEntries, end);
    const { entries, findings } = await readProvenEntries(reader, verified.checkpoint, { from, to });
    for (const [offset, entry] of entries.entries())
      found.push(...(await ledgerFindings(tenant, from + offset, entry)));
    found.push(...findings);
  }
  return [...found, ...(await unsealedRow(tenant))];
}
