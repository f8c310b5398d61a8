import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveError, type Archive, type ArchiveClock, type ArchiveStep } from './archive-store.ts';
import { openLocalArchive } from './local-archive.ts';
import { openS3Archive } from './s3/s3-archive.ts';
import type { S3Credentials } from './s3/s3-connection.ts';
import { readS3Url } from './s3/s3-url.ts';

export interface ArchiveSettings {
  /** Of a bucket; what AWS finds in the environment when they are left out. */
  readonly credentials?: S3Credentials | undefined;
  readonly onStep?: (step: ArchiveStep) => void;
  readonly clock: ArchiveClock;
}

/** Opens the store that a URL names: `file://…` or an absolute path is a local directory, `s3://bucket/prefix` a bucket. */
export function openArchive(url: string, settings: ArchiveSettings): Archive {
  const { onStep = () => undefined, clock, credentials } = settings;
  if (isAbsolute(url)) return openLocalArchive({ dir: url, onStep, clock });
  if (url.startsWith('file://')) return openLocalArchive({ dir: fileURLToPath(url), onStep, clock });
  if (url.startsWith('s3://')) return openS3Archive({ place: readS3Url(url), credentials, onStep, clock });
  throw new ArchiveError('unsupported-url', 'The archive URL begins with file:// or s3://, or is an absolute path.');
}
