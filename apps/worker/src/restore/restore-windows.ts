import type { RestoreBlock, Restore } from '@akashi/database';
import { readProvenSegments } from '../pipeline/read-sealed.ts';
import { chosenPositions } from './chosen-records.ts';
import { RestoreLostError, type RestoreInHand, type RestoreParts } from './restore-parts.ts';
import type { ChosenSegment } from './write-window.ts';

/** Blocks that are worked off together: written, read back and noted in one step. */
export interface RestoreWindow {
  readonly lastBlock: number;
  /** Of the estimate. */
  readonly records: number;
  readonly segments: readonly ChosenSegment[];
}

const blocksAtOnce = 200;
/** What a window holds in memory at most, with one block more: a busy log's block is 8 MiB. */
const windowBytes = 8 * 1024 * 1024;

/** The blocks of a set behind those that are done, window by window. */
export async function* restoreWindows(parts: RestoreParts, inHand: RestoreInHand): AsyncGenerator<RestoreWindow> {
  const { tenantId, restore, signal } = inHand;
  const choice = {
    logGroups: new Set(restore.logGroups),
    fromUs: restore.from.getTime() * 1_000,
    toUs: restore.to.getTime() * 1_000,
  };
  let window = emptyWindow();
  for await (const { number, records } of blocksOf(parts, inHand)) {
    if (signal.aborted) throw new RestoreLostError();
    const block = await parts.database.forTenant(tenantId).blocks.get(number);
    for (const { segmentId, payload } of block === null ? [] : await readProvenSegments(parts, tenantId, block)) {
      const positions = chosenPositions(payload, choice);
      if (positions.length > 0) window.segments.push({ segmentId, payload, positions });
      window.bytes += payload.length;
    }
    window.blocks += 1;
    window.records += records;
    window.lastBlock = number;
    if (window.bytes < windowBytes && window.blocks < parts.windowBlocks) continue;
    yield window;
    window = emptyWindow();
  }
  if (window.blocks > 0) yield window;
}

function emptyWindow() {
  return { lastBlock: -1, records: 0, segments: [] as ChosenSegment[], bytes: 0, blocks: 0 };
}

async function* blocksOf(
  { database }: RestoreParts,
  { tenantId, restore }: RestoreInHand,
): AsyncGenerator<RestoreBlock> {
  const { restores } = database.forTenant(tenantId);
  for (let after = restore.doneBlock; ;) {
    const wanted = { extent: restore satisfies Restore, after, upTo: restore.lastBlock, limit: blocksAtOnce };
    const found = await restores.nextBlocks(wanted);
    yield* found;
    const last = found.at(-1);
    if (last === undefined || found.length < blocksAtOnce) return;
    after = last.number;
  }
}
