/**
 * What lies beyond the newest head: a sealing that was cut short or is under way. It may have left exactly the next block,
 * whole and at its place, then the log files with its entry, in the order of their writing; of a heartbeat and a statement,
 * which have no object, only the log files. All else does not belong there.
 */
import {
  appendToLog,
  blockKey,
  checkBlockBody,
  decodeEntries,
  decodeLogEntry,
  emptyLogEdge,
  hasBlockObject,
  LogReadError,
  parseReplacementKey,
  readLogEdge,
  splitBlockObject,
  tileWidth,
  type LogEdge,
  type LogObject,
  type TileName,
  type TreeHead,
} from '@akashi/integrity';
import { maxBlockBytes } from './check-block.ts';
import type { UnnamedObject } from './day-folders.ts';
import type { Findings } from './findings.ts';
import { readObject } from './read-object.ts';
import { UnreadableError } from './object-source.ts';
import { logFilesOf, type Store } from './object-store.ts';
import { newestCheckpoint, type NewestHead } from './verify-checkpoints.ts';
import { belongsToTree, tileObject } from './verify-tiles.ts';

export interface UnfinishedChecks {
  store: Store;
  findings: Findings;
  tenantId: string;
  newest: NewestHead;
}

export interface UnnamedObjects {
  blocks: readonly UnnamedObject[];
  /** Tiles beyond the head that was checked. */
  tiles: readonly TileName[];
  /** How many blocks were checked. */
  sealedBlocks: number;
}

/** Tells what an unfinished sealing left, and reports every object that it could not have left. */
export async function checkUnfinished(checks: UnfinishedChecks, unnamed: UnnamedObjects): Promise<void> {
  const { findings, newest } = checks;
  const { size } = newest.head;
  let next: NextBlock = 'absent';
  for (const { object, block } of unnamed.blocks) {
    // A replacement is written behind its tombstone, which may have been sealed meanwhile.
    const tombstone = parseReplacementKey(object)?.tombstone;
    if (tombstone !== undefined && tombstone >= unnamed.sealedBlocks && (tombstone < size || !newest.isNewest))
      continue;
    // Where the log ends cannot be told, for a reason that was reported.
    if (!newest.isNewest && block !== null && block >= size) continue;
    const sealedMeanwhile = block !== null && block >= unnamed.sealedBlocks && block < size;
    if (sealedMeanwhile) continue;
    const mayBeNext: boolean = block === size && newest.mayBeFollowed && next === 'absent';
    const found: NextBlock = mayBeNext ? await readNextBlock(checks, object) : 'absent';
    if (found === 'absent') findings.problem({ code: 'unexpected-object', object });
    else next = found;
    if (typeof found !== 'string') findings.warning({ code: 'not-yet-sealed', object, fact: String(size) });
  }
  const newer = unnamed.tiles.filter((name) => !belongsToTree(name, size)).map(tileObject);
  if (newer.length === 0 || !newest.isNewest) return;
  if (next === 'absent' && newest.mayBeFollowed) next = await findNextBlock(checks);
  if (next === 'absent' && newest.mayBeFollowed) next = await readWithoutObject(checks);
  await checkNewerTiles(checks, newer, next === 'absent' ? [] : await filesOfEntry(checks, next));
  await checkTurnedBack(checks, newer);
}

/** An entry bundle that goes on further than one sealing can says that the newest checkpoint was turned back. */
async function checkTurnedBack({ store, findings, newest }: UnfinishedChecks, tiles: readonly string[]): Promise<void> {
  const { head } = newest;
  const last = tileObject({ level: 'entries', index: Math.floor(head.size / tileWidth), width: tileWidth });
  const longer = tiles.filter((object) => object === last || object.startsWith(`${last}.p/`));
  if (longer.length === 0) return;
  const { entries } = await readEdge(store, head).catch(unlessUnreadable);
  for (const object of longer) {
    const bundle = await readSilently(store, object);
    const isWhole = bundle.length === Number(/\.p\/(\d+)$/.exec(object)?.[1] ?? tileWidth);
    const isLonger = bundle.length > entries.length + 1;
    const goesOn = isWhole && isLonger && entries.every((entry, index) => bundle[index]?.equals(entry));
    if (!goesOn || entries.length === 0) continue;
    const fact = String(head.size - entries.length + bundle.length);
    findings.problem({ code: 'checkpoint-not-current', object: newestCheckpoint, fact });
    return;
  }
}

async function readSilently(store: Store, object: string): Promise<Buffer[]> {
  try {
    const bytes = await store.read(object);
    return (bytes === null ? null : decodeEntries(Buffer.from(bytes))) ?? [];
  } catch (error) {
    if (error instanceof UnreadableError) return [];
    throw error;
  }
}

/** What is wrong with the log's own files was reported where it was read. */
function unlessUnreadable(error: unknown): LogEdge {
  if (error instanceof LogReadError || error instanceof UnreadableError) return emptyLogEdge;
  throw error;
}

function readEdge(store: Store, head: TreeHead): Promise<LogEdge> {
  return readLogEdge(logFilesOf(store), head);
}

/** The bytes of its entry. */
type NextBlock = Buffer | 'absent' | 'unreadable';

/** The days were listed before the tiles: a block may have come in between. */
async function findNextBlock(checks: UnfinishedChecks): Promise<NextBlock> {
  const name = `/${String(checks.newest.head.size).padStart(12, '0')}.akb`;
  for await (const object of checks.store.walk('blocks')) {
    if (object.endsWith(name)) return readNextBlock(checks, object);
  }
  return 'absent';
}

/** The header's bytes when the object is a block of this tenant, whole and at its place. */
async function readNextBlock(checks: UnfinishedChecks, object: string): Promise<NextBlock> {
  const { store, findings, tenantId, newest } = checks;
  try {
    const bytes = await store.read(object, maxBlockBytes);
    const split = bytes === null || bytes === 'larger' ? null : splitBlockObject(bytes);
    const whole =
      split?.ok === true &&
      hasBlockObject(split.header) &&
      split.header.tenantId === tenantId &&
      split.header.block === newest.head.size &&
      blockKey(split.header.block, split.header.createdUs) === object &&
      checkBlockBody(split.header, split.body) === 'ok';
    return whole ? Buffer.from(split.headerBytes) : 'absent';
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    findings.problem({ code: 'unreadable', object, fact: error.reason });
    return 'unreadable';
  }
}

/** A heartbeat or a statement, which have no object: the last entry of the bundle that it brought. */
async function readWithoutObject({ store, findings, tenantId, newest }: UnfinishedChecks): Promise<NextBlock> {
  const { size } = newest.head;
  const width = (size % tileWidth) + 1;
  const object = tileObject({ level: 'entries', index: Math.floor(size / tileWidth), width });
  try {
    const bytes = await store.read(object);
    const entry = bytes === null ? undefined : decodeEntries(bytes)?.[width - 1];
    const decoded = entry === undefined ? undefined : decodeLogEntry(entry);
    const isNext =
      decoded?.ok === true && decoded.objectKey === null && decoded.tenantId === tenantId && decoded.number === size;
    if (entry === undefined || !isNext) return 'absent';
    findings.warning({ code: 'not-yet-sealed', object, fact: String(size) });
    return Buffer.from(entry);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    findings.problem({ code: 'unreadable', object, fact: error.reason });
    return 'unreadable';
  }
}

/** The log files that the next entry brings, in the order of their writing; null when that cannot be told. */
async function filesOfEntry(
  { store, newest }: UnfinishedChecks,
  entry: Buffer | 'unreadable',
): Promise<readonly LogObject[] | null> {
  if (entry === 'unreadable') return null;
  try {
    return appendToLog(await readEdge(store, newest.head), [entry]).objects;
  } catch (error) {
    if (error instanceof LogReadError || error instanceof UnreadableError) return null;
    throw error;
  }
}

/** `expected` is null when it cannot be told what they have to be, for a reason that was reported. */
async function checkNewerTiles(
  checks: UnfinishedChecks,
  tiles: readonly string[],
  expected: readonly LogObject[] | null,
): Promise<void> {
  const { findings } = checks;
  const found = new Set(tiles);
  for (const object of tiles) {
    const place = expected?.findIndex(({ path }) => `log/${path}` === object) ?? 0;
    if (place < 0) findings.problem({ code: 'unexpected-object', object });
    if (place < 0 || expected === null) continue;
    const bytes = await readObject(checks, object);
    if (typeof bytes === 'string') continue;
    const follows = expected.slice(0, place).every(({ path }) => found.has(`log/${path}`));
    if (!follows || expected[place]?.bytes.equals(bytes) !== true) {
      findings.problem({ code: 'unexpected-object', object });
    }
  }
}
