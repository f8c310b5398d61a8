import type { ReportParts, RunInHand } from './report-parts.ts';

/** From the receipt of a line until its segment is known: the intake closes it after a second and tells of it within two. */
const knownAfterMs = 5_000;
const lookAgainAfterMs = 5_000;
/**
 * For how long a run waits for what was received in its period and cannot be searched yet. After that it is made of what
 * there is; what comes to be readable later is an addendum to a day's run.
 */
const longestWaitMs = { duty: 6 * 60 * 60_000, addendum: 6 * 60 * 60_000, 'by-hand': 2 * 60_000 } as const;

/** When to look again at a run that has to wait; null when everything that its period received can be searched. */
export async function waitForIndex(
  parts: Pick<ReportParts, 'database' | 'now'>,
  { run, tenantId }: Pick<RunInHand, 'run' | 'tenantId'>,
): Promise<Date | null> {
  const nowMs = parts.now().getTime();
  const toMs = run.to.getTime();
  // A period that is not over is asked for as it is now.
  const knownMs = toMs + knownAfterMs;
  if (nowMs >= toMs && nowMs < knownMs) return new Date(knownMs);
  const before = new Date(Math.min(toMs, nowMs - knownAfterMs));
  const oldest = await parts.database.forTenant(tenantId).segments.oldestUnindexed(before);
  if (oldest === null || nowMs - Math.max(toMs, run.createdAt.getTime()) > longestWaitMs[run.kind]) return null;
  return new Date(nowMs + lookAgainAfterMs);
}
