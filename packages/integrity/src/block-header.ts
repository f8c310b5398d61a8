/**
 * The header of a block: the clear, signed-over description of what the body holds, and at the same time the entry of
 * the tenant's log. Exactly one byte string stands for one header: fixed key order, decimal numbers without leading zeros,
 * UTC times with six fraction digits, canonical Base64. Anything else is refused. Works in Node and browsers.
 *
 * Version 1 was written until blocks could hold several segments; it is read for ever.
 */
import { encodeBase64 } from './base64.ts';
import { formatTime, HeaderLines, MalformedLine } from './header-values.ts';

interface CommonHeader {
  tenantId: string;
  /** Number of the block, which is also the index of the header in the tenant's log. */
  block: number;
  records: number;
  /** Earliest and latest receive time of the records, microseconds since 1970; null in a block without records. */
  firstReceivedUs: number | null;
  lastReceivedUs: number | null;
  /** When the block was made. Never earlier than the block before it. */
  createdUs: number;
  /** RFC 6962 root over the records' canonical bytes. */
  root: Uint8Array;
  bodySha256: Uint8Array;
  bodyLength: number;
  maskingVersion: string;
}

export interface BlockHeaderV1 extends CommonHeader {
  version: 1;
  /** The landing segment the records came in; null for a heartbeat. */
  segmentId: string | null;
  dataKeyId: string;
}

/** Until when an object must stay: microseconds since 1970, or for ever. */
export type KeepUntil = number | 'never';

export interface BlockHeaderV2 extends CommonHeader {
  version: 2;
  /** Landing segments that the block holds as wholes; 0 for a heartbeat, which has no object. */
  segments: number;
  /** Retention policy of every record in the block; null for a heartbeat. */
  policy: string | null;
  /** Null for a heartbeat. */
  keepUntilUs: KeepUntil | null;
  /** Null for a heartbeat. */
  dataKeyId: string | null;
}

export type BlockHeader = BlockHeaderV1 | BlockHeaderV2;

export type DecodedBlockHeader = { ok: true; header: BlockHeader } | { ok: false; code: 'malformed'; line: number };

/** A log entry carries a 16-bit length; with names bounded a header is always far below it. */
export const maxHeaderBytes = 4096;

/** SHA-256 of no bytes, and RFC 6962 root of no leaves: what a heartbeat has for both. */
export const emptySha256Base64 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=';

const formatLines = { 1: 'akashi block v1', 2: 'akashi block v2' } as const;
const receivedAndMade = ['first-received', 'last-received', 'created'];
const committed = ['root', 'body-sha256', 'body-length', 'data-key', 'masking'];
const keys = {
  1: ['tenant', 'block', 'segment', 'records', ...receivedAndMade, ...committed],
  2: ['tenant', 'block', 'policy', 'records', 'segments', ...receivedAndMade, 'keep-until', ...committed],
} as const;

/** The text of a header. Throws a RangeError for values that no header can carry. */
export function formatBlockHeader(header: BlockHeader): string {
  const values: Record<string, string> = {
    tenant: header.tenantId,
    block: String(header.block),
    records: String(header.records),
    'first-received': timeOrDash(header.firstReceivedUs),
    'last-received': timeOrDash(header.lastReceivedUs),
    created: formatTime(header.createdUs),
    root: encodeBase64(header.root),
    'body-sha256': encodeBase64(header.bodySha256),
    'body-length': String(header.bodyLength),
    'data-key': header.dataKeyId ?? '-',
    masking: header.maskingVersion,
    ...(header.version === 1
      ? { segment: header.segmentId ?? '-' }
      : {
          policy: header.policy ?? '-',
          segments: String(header.segments),
          'keep-until': header.keepUntilUs === 'never' ? 'never' : timeOrDash(header.keepUntilUs),
        }),
  };
  const lines = keys[header.version].map((key) => `${key}: ${values[key] ?? ''}\n`);
  const text = `${formatLines[header.version]}\n${lines.join('')}`;
  const parsed = parseBlockHeader(text);
  if (!parsed.ok) throw new RangeError(`block header: line ${parsed.line} has a value that no header can carry`);
  return text;
}

/** Reads the text of a header; `line` (from 1) is where it stopped being one. */
export function parseBlockHeader(text: string): DecodedBlockHeader {
  const lines = text.split('\n');
  const version = lines[0] === formatLines[2] ? 2 : lines[0] === formatLines[1] ? 1 : null;
  if (text.length > maxHeaderBytes || version === null) return { ok: false, code: 'malformed', line: 1 };
  try {
    const read = new HeaderLines(lines, keys[version]);
    return { ok: true, header: version === 1 ? readV1(read) : readV2(read) };
  } catch (error) {
    if (error instanceof MalformedLine) return { ok: false, code: 'malformed', line: error.line };
    throw error;
  }
}

/** Whether an object is stored for the block. A heartbeat of version 2 is a header in the log and nothing else. */
export function hasBlockObject(header: BlockHeader): boolean {
  return header.version === 1 || header.segments > 0;
}

function readV1(read: HeaderLines): BlockHeaderV1 {
  const tenantId = read.name('tenant');
  const block = read.count('block');
  const segmentId = read.is('segment', '-') ? null : read.name('segment');
  const records = read.count('records');
  const received = readReceived(read, records === 0);
  return {
    version: 1,
    tenantId,
    block,
    segmentId,
    records,
    ...received,
    createdUs: read.time('created'),
    root: read.hash('root'),
    bodySha256: read.hash('body-sha256'),
    bodyLength: read.count('body-length'),
    dataKeyId: read.name('data-key'),
    maskingVersion: read.name('masking'),
  };
}

function readV2(read: HeaderLines): BlockHeaderV2 {
  const tenantId = read.name('tenant');
  const block = read.count('block');
  const isHeartbeat = read.is('segments', '0');
  const policy = isHeartbeat ? readDash(read, 'policy') : read.word('policy');
  const records = read.count('records');
  if (isHeartbeat && records !== 0) read.refuse('records');
  const segments = read.count('segments');
  const received = readReceived(read, records === 0);
  const createdUs = read.time('created');
  const keepUntilUs = isHeartbeat ? readDash(read, 'keep-until') : readKeepUntil(read, received.lastReceivedUs);
  const root = read.hash('root');
  const bodySha256 = read.hash('body-sha256');
  const bodyLength = read.count('body-length');
  if (records === 0 && !read.is('root', emptySha256Base64)) read.refuse('root');
  if (isHeartbeat && !read.is('body-sha256', emptySha256Base64)) read.refuse('body-sha256');
  if (isHeartbeat !== (bodyLength === 0)) read.refuse('body-length');
  const dataKeyId = isHeartbeat ? readDash(read, 'data-key') : read.name('data-key');
  const maskingVersion = read.name('masking');
  return {
    version: 2,
    tenantId,
    block,
    policy,
    records,
    segments,
    ...received,
    createdUs,
    keepUntilUs,
    root,
    bodySha256,
    bodyLength,
    dataKeyId,
    maskingVersion,
  };
}

function readReceived(
  read: HeaderLines,
  empty: boolean,
): { firstReceivedUs: number | null; lastReceivedUs: number | null } {
  if (empty) {
    const firstReceivedUs = readDash(read, 'first-received');
    return { firstReceivedUs, lastReceivedUs: readDash(read, 'last-received') };
  }
  const firstReceivedUs = read.time('first-received');
  const lastReceivedUs = read.time('last-received');
  if (lastReceivedUs < firstReceivedUs) read.refuse('last-received');
  return { firstReceivedUs, lastReceivedUs };
}

function readKeepUntil(read: HeaderLines, lastReceivedUs: number | null): KeepUntil {
  if (read.is('keep-until', 'never')) return 'never';
  const keepUntilUs = read.time('keep-until');
  return keepUntilUs < (lastReceivedUs ?? 0) ? read.refuse('keep-until') : keepUntilUs;
}

function readDash(read: HeaderLines, key: string): null {
  return read.is(key, '-') ? null : read.refuse(key);
}

function timeOrDash(microseconds: number | null): string {
  return microseconds === null ? '-' : formatTime(microseconds);
}
