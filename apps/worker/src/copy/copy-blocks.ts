import type { TenantArchive } from '@akashi/archive';
import type { ArchiveCopy, BlockToCopy } from '@akashi/database';
import { checkStoredBody, decodeLogEntry, splitBlockObject } from '@akashi/integrity';
import { farthestDay } from '../sealing/keep-until.ts';

/** The first block that is not in the copy, and why. */
export interface LeftOut {
  readonly block: number;
  readonly code: string;
}

export interface BlockPlaces {
  readonly archive: TenantArchive;
  readonly copy: TenantArchive;
  readonly ledger: Pick<ArchiveCopy, 'blocks'>;
  /** Entries below were copied once: what is there of their objects is not read again. */
  readonly proved: number;
  readonly onStep: (step: string) => void;
}

/**
 * Copies the blocks of these entries, each proven against its entry and read back. Answers the first that was left out, null
 * when none was. What was disposed of or kept for longer meanwhile is so in the copy as well.
 */
export async function copyBlocks(
  places: BlockPlaces,
  range: { from: number; to: number },
  entries: readonly Buffer[],
): Promise<LeftOut | null> {
  let first: LeftOut | null = null;
  const copied: { readonly block: BlockToCopy; readonly entry: Buffer }[] = [];
  for (const block of await places.ledger.blocks(range)) {
    if (block.isDisposed) continue;
    const entry = entries[block.number - range.from];
    if (entry === undefined) continue;
    const code = await copyBlock(places, block, entry);
    if (code === null) copied.push({ block, entry });
    else first ??= { block: block.number, code };
  }
  await follow(places, range, copied);
  return first;
}

async function copyBlock(
  { archive, copy, proved, onStep }: BlockPlaces,
  { number, objectKey, keptUntil }: BlockToCopy,
  entry: Buffer,
): Promise<string | null> {
  if (number < proved && (await copy.facts(objectKey)) !== null) return null;
  const object = await archive.get(objectKey);
  // A disposal between the two looks is found by the second one.
  if (object === null) return 'archive-object-missing';
  if (!isOfEntry(object, entry)) return 'archive-object-altered';
  onStep('copy-before-block');
  const outcome = await copy.putOnce(objectKey, object, { keepUntil: keptUntil ?? farthestDay });
  onStep('copy-after-block');
  if (outcome === 'exists-other') return 'copy-object-altered';
  if (outcome === 'created' && (await copy.get(objectKey))?.equals(object) !== true) return 'copy-object-altered';
  return null;
}

/** Whether a stored object is the block that the log commits to, as far as its bytes tell without a key. */
function isOfEntry(object: Buffer, entry: Uint8Array): boolean {
  const decoded = decodeLogEntry(entry);
  const split = splitBlockObject(object);
  if (!decoded.ok || decoded.kind !== 'block' || !split.ok || !split.headerBytes.equals(entry)) return false;
  return checkStoredBody(split) === 'ok';
}

/** What came while the blocks were copied found no copy to act on: a disposal, a raise, a removal of records. */
async function follow(
  places: BlockPlaces,
  range: { from: number; to: number },
  copied: readonly { readonly block: BlockToCopy; readonly entry: Buffer }[],
): Promise<void> {
  const { copy, ledger } = places;
  const now = new Map((await ledger.blocks(range)).map((block) => [block.number, block]));
  for (const { block: before, entry } of copied) {
    const block = now.get(before.number);
    if (block === undefined) continue;
    if (block.isDisposed) await copy.removeKept(before.objectKey);
    else if (block.objectKey !== before.objectKey) {
      if ((await copyBlock(places, block, entry)) === null)
        await copy.removeReplaced(before.objectKey, block.objectKey);
    } else if (block.keptUntil?.getTime() !== before.keptUntil?.getTime())
      await copy.keepLonger(block.objectKey, block.keptUntil ?? farthestDay);
  }
}
