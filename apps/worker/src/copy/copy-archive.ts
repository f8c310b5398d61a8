import type { Archive } from '@akashi/archive';
import type { CopiedLog, Database, TenantId } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import { copyTenant, type CopyParts } from './copy-tenant.ts';

export interface CopyArchiveParts extends Omit<CopyParts, 'copy'> {
  readonly database: Pick<Database, 'forTenant' | 'platform'>;
  /** Undefined where no second archive is set. */
  readonly copy: Pick<Archive, 'forTenant'> | undefined;
  /** Proves the copy of one organisation by itself. */
  readonly verifyCopy: (copied: CopiedLog) => Promise<void>;
  readonly logger: Pick<Logger, 'warn'>;
}

const verifiedWithinMs = 24 * 60 * 60_000;
/** What is due goes on with the next run, so that new entries do not wait for it. */
const mostVerified = 3;

/**
 * One run of the duty `archive-copy`: brings the second archive up to each log that has grown, then proves those copies that
 * nobody looked at for a day. An organisation whose log is as it was costs nothing but its line in one query; one that cannot
 * be copied does not hold up the others.
 */
export async function copyArchive(parts: CopyArchiveParts, signal: AbortSignal): Promise<void> {
  const { copy, database, now } = parts;
  if (copy === undefined) return;
  for (const { tenantId, size, copiedSize } of await database.platform.listCopiedLogs()) {
    if (signal.aborted) return;
    if (size <= copiedSize) continue;
    await attempt(parts, tenantId, () => copyTenant({ ...parts, copy }, tenantId, { from: copiedSize, signal }));
  }
  const before = now().getTime() - verifiedWithinMs;
  const due = (await database.platform.listCopiedLogs())
    .filter(({ copiedSize, verifiedAt }) => copiedSize > 0 && (verifiedAt?.getTime() ?? 0) < before)
    .toSorted((a, b) => (a.verifiedAt?.getTime() ?? 0) - (b.verifiedAt?.getTime() ?? 0))
    .slice(0, mostVerified);
  for (const copied of due) {
    if (signal.aborted) return;
    await attempt(parts, copied.tenantId, () => parts.verifyCopy(copied));
  }
}

async function attempt(parts: CopyArchiveParts, tenantId: TenantId, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const code = faultCode(error);
    parts.logger.warn({ tenantId, code, err: error }, 'The archive of an organisation could not be copied or proven.');
    await parts.database.forTenant(tenantId).archiveCopy.noteFault(code);
  }
}
