import { keepCheckpoint } from '@akashi/archive';
import type { CheckpointWay, TenantId } from '@akashi/database';
import { leavesOn, withInstallationAuthority } from '@akashi/policy';
import type { CheckpointParts } from './checkpoint-parts.ts';

type PlanParts = Pick<CheckpointParts, 'database' | 'archive' | 'authority' | 'now'>;

/** The calendar day of a moment, `yyyy-mm-dd`. */
function dayIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(moment);
}

/**
 * Has the checkpoint of a day (`yyyy-mm-dd`, of the organisation) leave on every way that is due, so that a copy is where
 * nobody who runs the installation can reach it. Answers false when nothing was proven on that day yet.
 */
export async function planCheckpoints(parts: PlanParts, tenantId: TenantId, day: string): Promise<boolean> {
  const tenant = parts.database.forTenant(tenantId);
  const held = await tenant.heldCheckpoints.get();
  const { timeZone } = await tenant.organisation.get();
  if (held === null || dayIn(timeZone, held.provenAt) !== day) return false;
  const due = (await tenant.checkpointWays.list()).filter(({ cadence }) => leavesOn(cadence, day));
  const { size, note, provenAt } = held;
  // Whoever gets it may come back with it: the archive proves the log at that size from now on.
  await keepCheckpoint(parts.archive.forTenant(tenantId), note);
  await tenant.checkpointSendings.plan(
    withInstallationAuthority(due, parts.authority?.url).map(({ id, kind, name, target }) => ({
      wayId: id,
      kind: kind as CheckpointWay['kind'],
      name,
      target,
      size,
      note,
      provenAt,
      period: day,
      askedBy: null,
      createdAt: parts.now(),
    })),
  );
  return true;
}
