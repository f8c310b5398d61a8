/** Writes small archives the way the format describes them, for tests and measurements. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  appendToLog,
  blockKey,
  checkpointPath,
  createSegmentBuilder,
  decodeBlockHeader,
  decodeLogEntry,
  emptyLogEdge,
  encodeBlock,
  encodeBlockBody,
  encodeBlockHeader,
  encodeBlockObject,
  encodeHeartbeat,
  encodeStatement,
  entriesPath,
  formatDescription,
  formatDescriptionV1,
  formatVerifierKey,
  isOfVersion1,
  joinSegments,
  keepsCheckpoint,
  logOrigin,
  sha256,
  signCheckpoint,
  tilePath,
  tileWidth,
  type BlockHeader,
  type LogEdge,
  type LogEntry,
  type LogGrowth,
  type LogStatement,
  type SegmentToSeal,
} from '@akashi/integrity';

export const tenantId = '7b0c3f3a-58a8-4b6a-9f3e-0d8f0a4a2f11';
export const startUs = Date.UTC(2026, 10, 21, 23, 50) * 1000;
export const dataKeyId = 'data-0001-abcdef01';
export const dataKey = Buffer.alloc(32, 5);

export function keyFromSeed(byte: number): KeyObject {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

export const signingKey = keyFromSeed(1);
export const verifierKey = formatVerifierKey(logOrigin(tenantId), createPublicKey(signingKey));

export interface WrittenArchive {
  folder: string;
  edge: LogEdge;
  /** By number of the block; a heartbeat without an object leaves its place empty. */
  blockObjects: string[];
  checkpoints: string[];
}

/** A record of the log group `linux`, or of the one that it names. */
export type Line = string | { logGroup: string; text: string };

export interface ArchivePlan {
  blocks: number;
  /** How many blocks at the beginning are of version 1. */
  versionOne?: number;
  /** Sizes whose checkpoint was handed outside, beside those that every archive keeps. */
  handedOut?: readonly number[];
  /** Records of a block; none make a heartbeat. */
  records?: (block: number) => readonly Line[];
  stepUs?: (block: number) => number;
  /** What stands in the place of a block, where it is a statement. */
  statements?: (entry: number) => Pick<LogStatement, 'kind' | 'content'> | null;
  key?: KeyObject;
  /** Who signs the checkpoint of a size, when the key changes. */
  signedBy?: (size: number) => KeyObject;
}

/** A log that changes its version in the middle, unless a plan says otherwise. */
export const versionOneBlocks = 12;

export interface MadeBlock {
  headerBytes: Buffer;
  header: BlockHeader;
  /** Null for a heartbeat of version 2. */
  stored: { key: string; object: Buffer } | null;
}

function segmentOf(block: number, createdUs: number, lines: readonly Line[]): SegmentToSeal {
  const builder = createSegmentBuilder();
  lines.forEach((each, sequence) => {
    const { logGroup, text: line } = typeof each === 'string' ? { logGroup: 'linux', text: each } : each;
    const origin = JSON.stringify({ batchId: `b${block}-${sequence % 2}`, logGroup });
    const originIndex = builder.addOrigin(Buffer.from(origin));
    const receivedAtUs = createdUs - 1_000_000 + sequence;
    builder.addRecord({ originIndex, flags: 0, receivedAtUs, sequence, notes: null, record: Buffer.from(line) });
  });
  return { segmentId: `segment-${block}`, ...builder.finish() };
}

function nonceOf(block: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(block, 8);
  return nonce;
}

/** One block, as it is stored and as its log has it. The records of version 2 came in two segments, if there are two. */
export function makeBlock(block: number, createdUs: number, lines: readonly Line[]): MadeBlock {
  if (lines.length === 0) {
    return madeOf(encodeHeartbeat({ tenantId, block, createdUs, maskingVersion: 'v1' }), null);
  }
  const half = Math.ceil(lines.length / 2);
  const later = lines.slice(half);
  const segments = [segmentOf(block, createdUs, lines.slice(0, half))];
  if (later.length > 0) segments.push({ ...segmentOf(block, createdUs, later), segmentId: `segment-${block}-later` });
  const content = joinSegments(segments);
  const { headerBytes, object, key } = encodeBlock({
    ...content,
    tenantId,
    block,
    policy: block % 5 === 0 ? 'pci-7y' : 'default',
    keepUntilUs: block % 5 === 0 ? 'never' : (content.lastReceivedUs ?? 0) + 365 * 86_400_000_000,
    createdUs,
    dataKey: { id: dataKeyId, key: dataKey },
    nonce: nonceOf(block),
    maskingVersion: 'v1',
  });
  return madeOf(headerBytes, { key, object });
}

/** One block as it was written before version 2. */
export function makeBlockV1(block: number, createdUs: number, lines: readonly Line[]): MadeBlock {
  const segment = segmentOf(block, createdUs, lines);
  const { root, records, firstReceivedUs, lastReceivedUs } = joinSegments([segment]);
  const position = { version: 1, tenantId, blockNumber: block } as const;
  const body = encodeBlockBody({ ...position, payload: segment.payload, key: dataKey, nonce: nonceOf(block) });
  const headerBytes = encodeBlockHeader({
    version: 1,
    tenantId,
    block,
    segmentId: lines.length === 0 ? null : `segment-${block}`,
    records,
    firstReceivedUs,
    lastReceivedUs,
    createdUs,
    root,
    bodySha256: sha256(body),
    bodyLength: body.length,
    dataKeyId,
    maskingVersion: 'v1',
  });
  return madeOf(headerBytes, { key: blockKey(block, createdUs), object: encodeBlockObject(headerBytes, body) });
}

function madeOf(headerBytes: Buffer, stored: MadeBlock['stored']): MadeBlock {
  const decoded = decodeBlockHeader(headerBytes);
  if (!decoded.ok) throw new Error('a header of our own does not decode');
  return { headerBytes, header: decoded.header, stored };
}

export function writeObject(folder: string, object: string, bytes: Uint8Array | string): void {
  const path = join(folder, object);
  mkdirSync(dirname(path), { recursive: true });
  // As the archive does: an object appears whole or not at all, so that a check may run meanwhile.
  const incoming = `${folder}.incoming`;
  writeFileSync(incoming, bytes);
  renameSync(incoming, path);
}

const linesOf = (block: number): string[] =>
  block % 4 === 3 ? [] : Array.from({ length: 3 + (block % 5) }, (_, line) => `block ${block} line ${line} ログ`);

/** What the writer does with one object; without bytes it takes away partial tiles: one, or all of a full tile (`.p`). */
export interface ArchiveStep {
  object: string;
  bytes: Uint8Array | string | null;
}

/** For so many sizes a superseded partial tile stays. */
const supersededAfter = 4;

/** Every durable step of the writer in its order, from the first block to the last pointer: a crash may fall between any two. */
export function* archiveSteps(plan: ArchivePlan): Generator<ArchiveStep, LogEdge, undefined> {
  const versionOne = plan.versionOne ?? versionOneBlocks;
  const kept = new Set<number>(plan.handedOut);
  let edge = emptyLogEdge;
  let createdUs = startUs;
  let previous: LogEntry | null = null;
  for (let block = 0; block < plan.blocks; block++) {
    createdUs += plan.stepUs?.(block) ?? 60_000_000;
    const make = block < versionOne ? makeBlockV1 : makeBlock;
    const statement = plan.statements?.(block) ?? null;
    const made = statement === null ? make(block, createdUs, (plan.records ?? linesOf)(block)) : null;
    const bytes = made?.headerBytes ?? makeStatement(block, createdUs, statement);
    const entry = decodeLogEntry(bytes);
    if (!entry.ok) throw new Error('an entry of our own does not decode');
    if (made !== null && made.stored !== null) yield { object: made.stored.key, bytes: made.stored.object };
    yield* describeFormat(entry, previous);
    const grown = appendToLog(edge, [bytes]);
    for (const { path, bytes: file } of grown.objects) yield { object: `log/${path}`, bytes: file };
    const size = block + 1;
    const signer = plan.signedBy?.(size) ?? plan.key ?? signingKey;
    const checkpoint = signCheckpoint({ origin: logOrigin(tenantId), size, root: grown.root }, signer);
    if (keepsCheckpoint(entry, previous)) {
      kept.add(size);
      yield { object: `log/${checkpointPath(size)}`, bytes: checkpoint };
    }
    yield { object: 'log/checkpoint', bytes: checkpoint };
    if (plan.handedOut?.includes(size) === true) yield { object: `log/${checkpointPath(size)}`, bytes: checkpoint };
    yield* supersede(grown, kept);
    edge = grown.edge;
    previous = entry;
  }
  return edge;
}

export function makeStatement(
  entry: number,
  createdUs: number,
  statement: Pick<LogStatement, 'kind' | 'content'> | null,
): Buffer {
  if (statement === null) throw new Error('an entry is a block or a statement');
  return encodeStatement({ tenantId, entry, createdUs, ...statement });
}

function* describeFormat(entry: LogEntry, previous: LogEntry | null): Generator<ArchiveStep, void, undefined> {
  if (previous === null) {
    yield { object: 'format.md', bytes: isOfVersion1(entry) ? formatDescriptionV1 : formatDescription };
    yield { object: 'verifier-key.txt', bytes: `${verifierKey}\n` };
  } else if (isOfVersion1(previous) && !isOfVersion1(entry)) {
    yield { object: 'format-4.md', bytes: formatDescription };
  }
}

function* supersede({ edge, objects }: LogGrowth, kept: ReadonlySet<number>): Generator<ArchiveStep, void, undefined> {
  for (const { path } of objects) if (!path.includes('.p/')) yield { object: `log/${path}.p`, bytes: null };
  const width = (edge.size % tileWidth) - supersededAfter;
  if (width < 1 || kept.has(edge.size - supersededAfter)) return;
  const index = Math.floor(edge.size / tileWidth);
  for (const path of [entriesPath(index, width), tilePath(0, index, width)])
    yield { object: `log/${path}`, bytes: null };
}

/** Writes a whole archive, one block and one checkpoint at a time. */
export function writeArchive(folder: string, plan: ArchivePlan): WrittenArchive {
  const blockObjects: string[] = [];
  const checkpoints: string[] = [];
  const steps = archiveSteps(plan);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    const { object, bytes } = step.value;
    if (bytes === null) rmSync(join(folder, object), { recursive: true, force: true });
    else writeObject(folder, object, bytes);
    if (object.startsWith('blocks/')) blockObjects[checkpoints.length] = object;
    if (object === 'log/checkpoint') checkpoints.push(String(bytes));
  }
  return { folder, edge: step.value, blockObjects, checkpoints };
}
