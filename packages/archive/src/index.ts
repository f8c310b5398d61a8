export {
  ArchiveError,
  type Archive,
  type ArchiveClock,
  type ArchiveErrorCode,
  type ArchiveObject,
  type ArchiveStep,
  type PutOutcome,
  type RemoveOutcome,
  type TenantArchive,
} from './archive-store.ts';
export { openArchive, type ArchiveSettings } from './open-archive.ts';
export type { S3Credentials } from './s3/s3-connection.ts';
export { pairArchives, type PairedTenant } from './pair-archives.ts';
export { bringBackTiles, keepCheckpoint, removeSupersededTile } from './superseded-tile.ts';
