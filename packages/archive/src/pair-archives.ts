import type { Archive, RemoveOutcome, TenantArchive } from './archive-store.ts';

/** What is decided of an object's time holds in both stores. */
export type PairedTenant = Pick<TenantArchive, 'keepLonger' | 'heldUntil' | 'removeKept' | 'removeReplaced'>;

/**
 * The archive and its copy as one, for keeping longer and for removing what is past its time. An object counts as gone when
 * it has gone from both; what one of them still holds is held. Without a copy it is the archive.
 */
export function pairArchives(
  archive: Pick<Archive, 'forTenant'>,
  copy: Pick<Archive, 'forTenant'> | undefined,
): { forTenant(tenantId: string): PairedTenant } {
  if (copy === undefined) return archive;
  return { forTenant: (tenantId) => pairTenants(archive.forTenant(tenantId), copy.forTenant(tenantId)) };
}

function pairTenants(archive: TenantArchive, copy: TenantArchive): PairedTenant {
  return {
    async keepLonger(key, until) {
      const isThere = await archive.keepLonger(key, until);
      // What is not copied yet is copied with the later time.
      await copy.keepLonger(key, until);
      return isThere;
    },
    async heldUntil(key) {
      const [one, other] = await Promise.all([archive.heldUntil(key), copy.heldUntil(key)]);
      if (one === null || other === null) return one ?? other;
      return one > other ? one : other;
    },
    async removeKept(key) {
      const ofCopy = await copy.removeKept(key);
      if (ofCopy === 'held') return 'held';
      const outcome = await archive.removeKept(key);
      return outcome === 'absent' ? ofCopy : outcome;
    },
    async removeReplaced(key, replacement) {
      // The archive's own goes last: while it is there, the removal is found again after a crash.
      const ofCopy = await removeFromCopy(archive, copy, { key, replacement });
      const outcome = await archive.removeReplaced(key, replacement);
      if (outcome === 'held' || ofCopy === 'held') return 'held';
      return outcome === 'absent' ? ofCopy : outcome;
    },
  };
}

/** What was copied is replaced in the copy first; what was not is copied as its replacement later on. */
async function removeFromCopy(
  archive: TenantArchive,
  copy: TenantArchive,
  { key, replacement }: { key: string; replacement: string },
): Promise<RemoveOutcome> {
  if ((await copy.facts(key)) === null) return 'absent';
  const bytes = await archive.get(replacement);
  if (bytes !== null) {
    const keepUntil = (await archive.facts(replacement))?.keepUntil ?? undefined;
    await copy.putOnce(replacement, bytes, keepUntil === undefined ? {} : { keepUntil });
  }
  return copy.removeReplaced(key, replacement);
}
