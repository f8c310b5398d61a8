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
export { keepCheckpoint, removeSupersededTile } from './superseded-tile.ts';
