import type { BlockHeader } from './block-header.ts';

const hourUs = 3_600_000_000;

/**
 * Whether the checkpoint behind this entry has a file of its own in every archive: behind each entry of version 1, and
 * behind the first entry of each UTC hour. `before` is the entry's predecessor; null for the first entry of a log.
 */
export function keepsCheckpoint(header: BlockHeader, before: Pick<BlockHeader, 'createdUs'> | null): boolean {
  if (header.version === 1 || before === null) return true;
  return Math.floor(header.createdUs / hourUs) !== Math.floor(before.createdUs / hourUs);
}
