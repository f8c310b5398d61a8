import { formatSealedLine, outlivesMasking, type SealedValue } from '@akashi/audit-trail';
import type { ReportRun } from '@akashi/database';
import { type TenantId, reportsGroup, scopeOfLogGroups } from '@akashi/policy';
import type { ReportParts } from './report-parts.ts';

/** The stream of the lines with the hashes of frozen runs. */
const runsStream = 'runs';

const ownReports = scopeOfLogGroups([reportsGroup]);

/**
 * Puts the hashes of a frozen run into the sealed log, once: the run's id is the line's. The intake knows a repeated line
 * for a day; a run that is taken up again is looked for in the index as well.
 */
export async function sealRun(parts: ReportParts, tenantId: TenantId, run: ReportRun): Promise<void> {
  if (run.attempts > 1 && (await sealedAs(parts, tenantId, run.id)) !== null) return;
  await parts.log.append({
    tenantId,
    logGroup: reportsGroup,
    logStream: runsStream,
    line: sealedLine(run),
    idempotencyKey: run.id,
  });
}

/** The event that holds the hashes of a run; null until it can be found. */
export async function sealedAs(
  { search }: Pick<ReportParts, 'search'>,
  tenantId: TenantId,
  runId: string,
): Promise<string | null> {
  const found = await search.forTenant(tenantId).search({
    tree: { kind: 'equals', field: 'event.id', value: runId },
    scope: ownReports,
    sort: 'oldest',
    timeField: 'received_at',
    limit: 1,
  });
  return (found.ok ? found.items[0]?.id : undefined) ?? null;
}

/** The line of a frozen run: the same whenever it is made. */
export function sealedLine(run: ReportRun): string {
  if (run.frozenAt === null) throw new Error('only a frozen run has its line');
  const about = run.day ?? `${run.from.toISOString()} – ${run.to.toISOString()}`;
  return formatSealedLine({
    id: run.id,
    at: run.frozenAt,
    service: 'worker',
    actor:
      run.requestedBy === null
        ? { kind: 'system', id: null, name: 'Akashi worker' }
        : { kind: 'user', id: run.requestedById, name: run.requestedBy },
    origin: { address: 'worker' },
    action: 'report.sealed',
    about: `${run.report} ${about}`,
    part: { report: partOf(run) },
  });
}

function partOf(run: ReportRun): Record<string, SealedValue> {
  const name = ({ format, language }: ReportRun['files'][number]): string =>
    language === null ? format : `${format}_${language}`;
  return {
    run: run.id,
    id: run.report,
    version: run.version,
    kind: run.kind,
    ...(run.area === null
      ? {}
      : { area: { ...(outlivesMasking(run.area.id) ? { id: run.area.id } : {}), name: run.area.name } }),
    ...(run.day === null ? {} : { day: run.day }),
    from: run.from.toISOString(),
    to: run.to.toISOString(),
    ...(run.addendumTo === null ? {} : { addendum_to: run.addendumTo }),
    rows: run.rows,
    flagged: run.flagged,
    sha256: Object.fromEntries(run.files.map((file) => [name(file), file.sha256])),
    bytes: Object.fromEntries(run.files.map((file) => [name(file), file.bytes])),
    objects: Object.fromEntries(run.files.map((file) => [name(file), file.object])),
    masters: { ...run.masters },
  };
}
