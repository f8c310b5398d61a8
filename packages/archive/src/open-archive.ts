import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveError, type Archive, type ArchiveStep } from './archive-store.ts';
import { openLocalArchive } from './local-archive.ts';

export interface ArchiveSettings {
  onStep?: (step: ArchiveStep) => void;
}

/** Opens the store that a URL names: `file://…` or an absolute path is a local directory. */
export function openArchive(url: string, settings: ArchiveSettings = {}): Archive {
  if (isAbsolute(url)) return openLocalArchive({ dir: url, ...settings });
  if (url.startsWith('file://')) return openLocalArchive({ dir: fileURLToPath(url), ...settings });
  throw new ArchiveError('unsupported-url', 'the archive URL must be file://… or an absolute path');
}
