import type { Database } from '@akashi/database';
import { Gauge, type Registry } from '@akashi/server-kit';
import type { Evidence, SeenWrong, Watch } from '../incidents/watches.ts';

export interface WatchCopyParts {
  readonly database: Pick<Database, 'forTenant' | 'platform'>;
  readonly metrics: Registry;
  readonly now: () => Date;
}

/** A heartbeat grows each log within the hour; the copy follows by a duty of some minutes. */
export const copiedWithinMs = 60 * 60_000;
/** As the incident and the watch status name it. */
export const copyWhere = 'archive-copy';

/** How far the second archive is behind, over all organisations: one incident of the installation while it is late. */
export function watchCopy({ database, metrics, now }: WatchCopyParts): Watch {
  const lagEntries = new Gauge({
    name: 'akashi_archive_copy_lag_entries',
    help: 'Entries of all logs that are not in the second archive yet',
    registers: [metrics],
  });
  const lagSeconds = new Gauge({
    name: 'akashi_archive_copy_lag_seconds',
    help: 'For how long the oldest of them waits',
    registers: [metrics],
  });
  let seen: Evidence[] = [];
  return {
    name: copyWhere,
    kinds: ['copy-late'],
    look: async () => {
      const logs = await database.platform.listCopiedLogs();
      const behind = logs.filter(({ size, copiedSize }) => copiedSize < size);
      const entries = behind.reduce((sum, { size, copiedSize }) => sum + size - copiedSize, 0);
      const waits = await Promise.all(
        behind.map(async ({ tenantId, fault }) => {
          const since = await database.forTenant(tenantId).archiveCopy.waitingSince();
          return { fault, ms: since === null ? 0 : Math.max(0, now().getTime() - since.getTime()) };
        }),
      );
      const [oldest] = waits.toSorted((a, b) => b.ms - a.ms);
      const late = waits.filter(({ ms }) => ms > copiedWithinMs);
      const seconds = Math.round((oldest?.ms ?? 0) / 1000);
      lagEntries.set(entries);
      lagSeconds.set(seconds);
      const details = { entries, seconds, organisations: late.length };
      seen = [{ name: copyWhere, wrong: late.length, details }];
      if (oldest === undefined || late.length === 0) return [];
      const cause = oldest.fault ?? 'not-copied';
      const wrong: SeenWrong = { owner: 'platform', kind: 'copy-late', where: copyWhere, cause, details };
      return [wrong];
    },
    evidence: () => seen,
  };
}
