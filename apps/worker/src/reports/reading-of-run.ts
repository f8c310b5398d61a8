import type { TenantReading } from '@akashi/search';
import type { ReportParts, RunInHand } from './report-parts.ts';

/** What a run reads: what is online, and the restored sets that stand now where it was asked for with them. */
export async function readingOfRun(
  { database, search, now }: Pick<ReportParts, 'database' | 'search' | 'now'>,
  { run, tenantId }: Pick<RunInHand, 'run' | 'tenantId'>,
): Promise<TenantReading> {
  const online = search.forTenant(tenantId);
  if (run.basis.includeRestored !== true) return online;
  const sets = await database.forTenant(tenantId).restores.searchable(now());
  if (sets.length === 0) return online;
  return online.withRestored(sets.map(({ from, to, ...set }) => ({ ...set, from: from.getTime(), to: to.getTime() })));
}
