import type {
  ArchivedEvent,
  ArchiveSearchEnded,
  ArchiveSearchLine,
  ArchiveSearchProgress,
} from '../api-client/archive-search.ts';

/** What an archived search has found so far, and how far it is. */
export interface ArchiveState {
  readonly hits: readonly ArchivedEvent[];
  readonly progress: ArchiveSearchProgress | null;
  readonly end: ArchiveSearchEnded | null;
  /** Stopped by a person. */
  readonly cancelled: boolean;
  /** Why no more came; null while nothing failed. */
  readonly error: unknown;
}

export const nothingFound: ArchiveState = { hits: [], progress: null, end: null, cancelled: false, error: null };

/** The state after more lines. A search that goes on where a limit was met may repeat a hit: each is there once. */
export function withLines(state: ArchiveState, lines: readonly ArchiveSearchLine[]): ArchiveState {
  const known = new Set(state.hits.map(({ id }) => id));
  const added: ArchivedEvent[] = [];
  let { progress, end } = state;
  for (const line of lines) {
    if (line.event === 'progress') progress = line;
    else if (line.event === 'end') end = line;
    else if (!known.has(line.item.id)) {
      known.add(line.item.id);
      added.push(line.item);
    }
  }
  return { ...state, hits: added.length === 0 ? state.hits : [...state.hits, ...added], progress, end };
}

export function isRunning({ end, cancelled, error }: ArchiveState): boolean {
  return end === null && !cancelled && error === null;
}

/** The share of the blocks that has been read, from 0 to 1. */
export function shareRead({ progress, end }: ArchiveState): number {
  const at = end ?? progress;
  if (at === null) return 0;
  return at.blocksTotal === 0 ? 1 : at.blocksDone / at.blocksTotal;
}
