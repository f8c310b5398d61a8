import type { RestoreName } from '@akashi/database';
import type { RestoreParts } from './restore-parts.ts';

type EndParts = Pick<RestoreParts, 'database' | 'search' | 'onStep' | 'now'>;

const atOnce = 50;
/** Longer than a search lasts, and than a worker needs to let go of a set that was cancelled. */
const removedAfterMs = 60_000;

/** Ends sets whose time is up: from now on nobody finds what is in them. Answers how many. */
export async function expireRestores({ database, now }: EndParts): Promise<number> {
  const expired = await database.platform.restores.findExpired({ now: now(), limit: atOnce });
  for (const { tenantId, id } of expired)
    await database.forTenant(tenantId).restores.end(id, { name: null, at: now() });
  return expired.length;
}

/** Removes the documents of sets that ended a while ago. What fails is tried again by the next look. */
export async function removeEnded(parts: EndParts): Promise<number> {
  const { database, now } = parts;
  const endedBefore = new Date(now().getTime() - removedAfterMs);
  const ended = await database.platform.restores.findEnded({ endedBefore, limit: atOnce });
  for (const name of ended) await removeRestore(parts, name);
  return ended.length;
}

export async function removeRestore(
  { database, search, onStep, now }: EndParts,
  { tenantId, id }: RestoreName,
): Promise<void> {
  await search.forTenant(tenantId).restoredSet(id).remove();
  onStep('restore-removed');
  await database.forTenant(tenantId).restores.noteRemoved(id, now());
}

/**
 * Streams that no set in the table stands behind go, such as one that a worker without its lease made again; and a set whose stream was
 * lost with the index server ends. Answers how many of either.
 */
export async function sweepRestores({ database, search, now }: EndParts): Promise<number> {
  const streams = await search.platform.listRestoredSets();
  let swept = 0;
  for (const { tenantId: owner, id } of streams) {
    const isKnown = await database.platform.restores.hasDocuments(id);
    if (isKnown) continue;
    await search.forTenant(owner).restoredSet(id).remove();
    swept += 1;
  }
  const held = new Set(streams.map(({ id }) => id));
  for (const { tenantId, id } of await database.platform.restores.findDone()) {
    if (held.has(id)) continue;
    await database.forTenant(tenantId).restores.end(id, { name: null, at: now() });
    swept += 1;
  }
  return swept;
}

/** Looks in each set that stands for records of its period that were sealed late. */
export async function noteLateRecords({ database }: EndParts): Promise<void> {
  for (const { tenantId, id } of await database.platform.restores.findDone())
    await database.forTenant(tenantId).restores.noteLate(id);
}
