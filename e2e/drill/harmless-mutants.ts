import { blockKey, checkBlockBody, splitBlockObject } from '@akashi/integrity';
import type { CampaignArchive, Change } from './campaign-archive.ts';
import type { Mutant } from './mutants.ts';

const isEvidence = (object: string): boolean => object.startsWith('blocks/') || object.startsWith('log/');

function same(change: Change, bytes: Buffer | undefined): boolean {
  return change.bytes === null ? bytes === undefined : bytes?.equals(change.bytes) === true;
}

/** Changes that remain when everything is left out that the format allows at any time. */
function meaningful({ objects }: CampaignArchive, changes: readonly Change[]): Change[] {
  return changes.filter((change) => {
    const { object, bytes } = change;
    if (same(change, objects.get(object))) return false;
    if (object === 'verifier-key.txt') return bytes !== null;
    if (!isEvidence(object)) return false;
    const full = object.replace(/\.p\/\d+$/, '');
    return bytes !== null || full === object || !objects.has(full);
  });
}

/** Until something commits to a block, another header for the same body at the same place is as good. */
function isAnotherWholeBlock({ object, bytes }: Change): boolean {
  const split = bytes === null ? null : splitBlockObject(bytes);
  if (split?.ok !== true) return false;
  const { header, body } = split;
  return blockKey(header.block, header.createdUs) === object && checkBlockBody(header, body) === 'ok';
}

/**
 * Whether an altered archive is one that the writer itself may leave: nothing is left of the change, or what is left
 * takes back exactly the last durable steps. Judged by the format alone, not by what a checker says.
 */
export function isHarmless(archive: CampaignArchive, mutant: Mutant): boolean {
  if (mutant.sameMeaning === true) return true;
  const left = meaningful(archive, mutant.changes);
  if (left.length === 0) return true;
  const [block, ...logFiles] = archive.unsealed;
  if (logFiles.length === 0 && left.every((change) => change.object === block && isAnotherWholeBlock(change)))
    return true;
  return archive.earlier.some(
    (changes) =>
      changes.length === left.length &&
      changes.every((earlier) =>
        left.some(
          ({ object, bytes }) => object === earlier.object && same({ object, bytes }, earlier.bytes ?? undefined),
        ),
      ),
  );
}
