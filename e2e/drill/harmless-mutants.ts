import {
  blockKey,
  checkBlockBody,
  decodeEntries,
  decodeLogEntry,
  hasBlockObject,
  parseCheckpoint,
  parseTilePath,
  partialTilesOf,
  splitBlockObject,
  tileWidth,
} from '@akashi/integrity';
import type { CampaignArchive, Change } from './campaign-archive.ts';
import type { Mutant } from './mutants.ts';

const isEvidence = (object: string): boolean => object.startsWith('blocks/') || object.startsWith('log/');

function same(change: Change, bytes: Buffer | undefined): boolean {
  return change.bytes === null ? bytes === undefined : bytes?.equals(change.bytes) === true;
}

const sizeOf = (note: Buffer | null | undefined): number => {
  const parsed = parseCheckpoint(note ?? '');
  return parsed.ok ? parsed.checkpoint.size : 0;
};

/** The size that an archive is to be held against: of its pointer, or of the one checkpoint that may be newer. */
export function newestSize(objects: ReadonlyMap<string, Buffer>): number {
  const size = sizeOf(objects.get('log/checkpoint'));
  return objects.has(`log/checkpoints/${size + 1}`) ? size + 1 : size;
}

/** Partial tiles below the newest size that no kept checkpoint has need of. */
function mayGo({ objects }: CampaignArchive, object: string): boolean {
  const full = object.replace(/\.p\/\d+$/, '');
  if (full === object) return false;
  if (objects.has(full)) return true;
  const name = parseTilePath(object.slice('log/'.length));
  const newest = newestSize(objects);
  if (name === null || name.index * tileWidth + name.width > newest) return false;
  const kept = [...objects.keys()].flatMap((each) => /^log\/checkpoints\/(\d+)$/.exec(each)?.[1] ?? []);
  return ![newest, ...kept.map(Number)].some((size) =>
    partialTilesOf(size).some(
      ({ level, index, width }) => level === name.level && index === name.index && width === name.width,
    ),
  );
}

/** A genuine checkpoint under its own size, while the tiles of that size are there: it may be kept, or have been. */
function mayBeKept({ objects, handedOut }: CampaignArchive, { object, bytes }: Change): boolean {
  const size = Number(/^log\/checkpoints\/(\d+)$/.exec(object)?.[1] ?? Number.NaN);
  if (bytes === null) return handedOut.includes(size);
  const pointer = objects.get('log/checkpoint');
  return !objects.has(object) && pointer?.equals(bytes) === true && sizeOf(pointer) === size;
}

/** Changes that remain when everything is left out that the format allows at any time. */
function meaningful(archive: CampaignArchive, changes: readonly Change[]): Change[] {
  return changes.filter((change) => {
    const { object, bytes } = change;
    if (same(change, archive.objects.get(object))) return false;
    if (object === 'verifier-key.txt') return bytes !== null;
    if (!isEvidence(object) || mayBeKept(archive, change)) return false;
    return bytes !== null || !mayGo(archive, object);
  });
}

/** Until something commits to an entry without an object, another one in the same bundle is as good. */
function isAnotherWithoutObject({ objects }: CampaignArchive, { object, bytes }: Change): boolean {
  const before = decodeEntries(objects.get(object) ?? Buffer.alloc(0)) ?? [];
  const entries = bytes === null ? null : decodeEntries(bytes);
  const decoded = decodeLogEntry(entries?.at(-1) ?? Buffer.alloc(0));
  const own = decodeLogEntry(before.at(-1) ?? Buffer.alloc(0));
  return (
    decoded.ok &&
    own.ok &&
    decoded.objectKey === null &&
    decoded.number === own.number &&
    decoded.tenantId === own.tenantId &&
    entries?.length === before.length &&
    entries.slice(0, -1).every((entry, index) => before[index]?.equals(entry) === true)
  );
}

/** Until something commits to a block, another header for the same body at the same place is as good. */
function isAnotherWholeBlock({ object, bytes }: Change): boolean {
  const split = bytes === null ? null : splitBlockObject(bytes);
  if (split?.ok !== true) return false;
  const { header, body } = split;
  return (
    hasBlockObject(header) &&
    blockKey(header.block, header.createdUs) === object &&
    checkBlockBody(header, body) === 'ok'
  );
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
  const isAnother = (change: Change): boolean => isAnotherWholeBlock(change) || isAnotherWithoutObject(archive, change);
  if (logFiles.length === 0 && left.every((change) => change.object === block && isAnother(change))) return true;
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
