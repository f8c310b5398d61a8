/** One block object: it must begin with the log's entry, have the body that it names and, with the data key, its records. */
import { createHash } from 'node:crypto';
import {
  checkBlockBody,
  decodeBlockHeader,
  maxHeaderBytes,
  splitBlockObject,
  type BlockHeader,
} from '@akashi/integrity';
import type { BlockContents } from './block-contents.ts';
import { checkRecords } from './check-records.ts';
import type { Problem } from './findings.ts';
import { UnreadableError } from './object-source.ts';
import type { Store } from './object-store.ts';

/** Data keys by their ids. */
export interface DataKeys {
  get(id: string): Uint8Array | undefined;
}

export interface BlockReader {
  store: Store;
  /** Data keys by id; null when records are not to be opened. */
  dataKeys: DataKeys | null;
}

export interface BlockPlace {
  /** Where the block must lie. */
  object: string;
  /** The block's header as the log has it. */
  entry: Buffer;
  header: BlockHeader;
}

/** No block comes near. */
export const maxBlockBytes = 1024 * 1024 * 1024;

/** A block for a check elsewhere, in a form that every thread can be given. */
export interface BlockJob {
  object: string;
  /** The log's entry, as Latin-1 text. */
  entry: string;
}

export function jobOf({ object, entry }: BlockPlace): BlockJob {
  return { object, entry: entry.toString('latin1') };
}

export function placeOf({ object, entry }: BlockJob): BlockPlace {
  const bytes = Buffer.from(entry, 'latin1');
  const decoded = decodeBlockHeader(bytes);
  if (!decoded.ok) throw new Error(`the header of ${object} was not checked before`);
  return { object, entry: bytes, header: decoded.header };
}

/** What a check of one block found; null when it is larger than a thread may hold. */
export interface BlockOutcome {
  problems: Problem[];
  contents: BlockContents | null;
}

/**
 * What is wrong with a block; nothing when it is the one that the log commits to, with the data key down to its records.
 * Without the data key no more than a part of the object is held at once. Null when it is larger than `heldBytes` and
 * would have to be held as a whole.
 */
export async function checkBlock(
  reader: BlockReader,
  place: BlockPlace,
  heldBytes = Number.POSITIVE_INFINITY,
): Promise<BlockOutcome | null> {
  const { object, header } = place;
  try {
    if (reader.dataKeys !== null) return await checkWhole(reader, place, heldBytes);
    return told(await checkParts(reader.store, place));
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    return told([{ code: 'unreadable', object, block: header.block, fact: error.reason }]);
  }
}

const told = (problems: Problem[]): BlockOutcome => ({ problems, contents: null });

const missing = ({ object, header }: BlockPlace): Problem => ({ code: 'block-missing', object, block: header.block });

async function checkWhole(
  { store, dataKeys }: BlockReader,
  place: BlockPlace,
  heldBytes: number,
): Promise<BlockOutcome | null> {
  const { object, header, entry } = place;
  const bytes = await store.read(object, Math.min(heldBytes, maxBlockBytes));
  if (bytes === 'larger') return heldBytes < maxBlockBytes ? null : told(await checkTooLarge(store, place));
  if (bytes === null) return told([missing(place)]);
  if (!beginsWith(bytes, entry)) return told([otherHeader(place, bytes)]);
  const body = bytes.subarray(entry.length + 1);
  const state = checkBlockBody(header, body);
  const records = checkRecords({ object, header, body, bodyProven: state === 'ok' }, dataKeys);
  const problems = [...bodyProblem(place, state, body.length), ...records.problems];
  return { problems, contents: problems.length === 0 ? records.contents : null };
}

/** Its bytes can be proven, but records are opened only in a block that is held as a whole. */
async function checkTooLarge(store: Store, place: BlockPlace): Promise<Problem[]> {
  const found = await checkParts(store, place);
  if (found.length > 0) return found;
  return [{ code: 'unreadable', object: place.object, block: place.header.block, fact: 'TOO_LARGE' }];
}

async function checkParts(store: Store, place: BlockPlace): Promise<Problem[]> {
  const { object, header, entry } = place;
  const bodyStart = entry.length + 1;
  const wanted = bodyStart + header.bodyLength;
  const digest = createHash('sha256');
  let misplaced: Problem | null = null;
  let length = 0;
  // One byte more tells whether there are more.
  const present = await store.readParts(object, wanted + 1, (part, offset) => {
    if (offset === 0 && !beginsWith(part, entry)) {
      misplaced = otherHeader(place, part.subarray(0, maxHeaderBytes + 2));
      return false;
    }
    digest.update(offset === 0 ? part.subarray(bodyStart) : part);
    length += part.length;
    return true;
  });
  if (!present) return [missing(place)];
  if (misplaced !== null) return [misplaced];
  if (length !== wanted) return bodyProblem(place, 'length', (await store.sizeOf(object)) - bodyStart);
  return bodyProblem(place, digest.digest().equals(header.bodySha256) ? 'ok' : 'sha256', header.bodyLength);
}

function beginsWith(bytes: Buffer, entry: Buffer): boolean {
  return bytes.subarray(0, entry.length).equals(entry) && bytes[entry.length] === 0x0a;
}

function otherHeader({ object, header, entry }: BlockPlace, bytes: Buffer): Problem {
  const cutWithinHeader = bytes.length <= entry.length && entry.subarray(0, bytes.length).equals(bytes);
  if (cutWithinHeader) {
    return { code: 'block-length-altered', object, block: header.block, fact: `0 ${header.bodyLength}` };
  }
  const split = splitBlockObject(bytes);
  const found = split.ok && split.header.block !== header.block ? { fact: String(split.header.block) } : {};
  return { code: 'block-header-altered', object, block: header.block, ...found };
}

function bodyProblem({ object, header }: BlockPlace, state: 'ok' | 'length' | 'sha256', length: number): Problem[] {
  const { block } = header;
  if (state === 'length')
    return [{ code: 'block-length-altered', object, block, fact: `${length} ${header.bodyLength}` }];
  return state === 'ok' ? [] : [{ code: 'block-body-altered', object, block }];
}
