import { openArchive, pairArchives, type Archive, type PairedTenant } from '@akashi/archive';
import type { Database } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { Logger, Registry } from '@akashi/server-kit';
import type { WorkerEnv } from '../env.ts';
import type { WatchedDisk } from '../incidents/watch-disk.ts';
import type { Watch } from '../incidents/watches.ts';
import type { CopyArchiveParts } from './copy-archive.ts';
import { verifyCopy } from './verify-copy.ts';
import { watchCopy } from './watch-copy.ts';

export interface OpenCopyParts {
  readonly env: Pick<WorkerEnv, 'archiveCopy' | 'clock' | 'home'>;
  readonly database: Database;
  readonly archive: Archive;
  readonly keyring: Keyring;
  readonly logger: Logger;
  readonly metrics: Registry;
  readonly onStep: (step: string) => void;
}

export interface OpenCopy {
  /** What the duty works with. */
  readonly copying: CopyArchiveParts;
  /** The archive, with its copy where there is one. */
  readonly paired: { forTenant(tenantId: string): PairedTenant };
  readonly watches: readonly Watch[];
  readonly disks: readonly WatchedDisk[];
  close(): Promise<void>;
}

/** The second archive, with what looks after it; nothing is watched where none is set. */
export function openCopy({ env, ...parts }: OpenCopyParts): OpenCopy {
  const { archiveCopy: place, clock, home } = env;
  const { database, archive, metrics, onStep } = parts;
  const { now } = clock;
  const copying = { ...parts, now, copy: undefined, verifyCopy: () => Promise.resolve() };
  if (place === undefined) return { copying, paired: archive, watches: [], disks: [], close: () => Promise.resolve() };
  const copy = openArchive(place.url, { credentials: place.credentials, clock, onStep });
  const verified = {
    ...parts,
    copyUrl: place.url,
    credentials: place.credentials,
    keysFolder: home.keys,
    now,
    clockOffsetSeconds: clock.offsetSeconds,
  };
  return {
    copying: { ...copying, copy, verifyCopy: (copied) => verifyCopy(verified, copied) },
    paired: pairArchives(archive, copy),
    watches: [watchCopy({ database, metrics, now })],
    disks: copy.folder === undefined ? [] : [{ name: 'archive-copy', path: copy.folder }],
    close: () => copy.close(),
  };
}
