/**
 * The header of a block: the clear, signed-over description of what the body holds, and at the same time the entry of
 * the tenant's log. Exactly one byte string stands for one header: fixed key order, decimal numbers without leading zeros,
 * UTC times with six fraction digits, canonical Base64. Anything else is refused. Works in Node and browsers.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import { isTreeSize } from './merkle-ranges.ts';

export interface BlockHeader {
  tenantId: string;
  /** Number of the block, which is also the index of the header in the tenant's log. */
  block: number;
  /** The landing segment the records came in; null for a heartbeat. */
  segmentId: string | null;
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
  dataKeyId: string;
  maskingVersion: string;
}

export type DecodedBlockHeader = { ok: true; header: BlockHeader } | { ok: false; code: 'malformed'; line: number };

const formatLine = 'akashi block v1';
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._:@+/-]{0,127}$/;
const timePattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3})(\d{3})Z$/;
/** A log entry carries a 16-bit length; with names bounded a header is always far below it. */
export const maxHeaderBytes = 4096;

const keys = [
  'tenant',
  'block',
  'segment',
  'records',
  'first-received',
  'last-received',
  'created',
  'root',
  'body-sha256',
  'body-length',
  'data-key',
  'masking',
] as const;
type HeaderKey = (typeof keys)[number];

/** The text of a header. Throws a RangeError for values that no header can carry. */
export function formatBlockHeader(header: BlockHeader): string {
  const values: Record<HeaderKey, string> = {
    tenant: header.tenantId,
    block: String(header.block),
    segment: header.segmentId ?? '-',
    records: String(header.records),
    'first-received': formatTime(header.firstReceivedUs),
    'last-received': formatTime(header.lastReceivedUs),
    created: formatTime(header.createdUs),
    root: encodeBase64(header.root),
    'body-sha256': encodeBase64(header.bodySha256),
    'body-length': String(header.bodyLength),
    'data-key': header.dataKeyId,
    masking: header.maskingVersion,
  };
  const text = `${formatLine}\n${keys.map((key) => `${key}: ${values[key]}\n`).join('')}`;
  const parsed = parseBlockHeader(text);
  if (!parsed.ok) throw new RangeError(`block header: line ${parsed.line} has a value that no header can carry`);
  return text;
}

/** Reads the text of a header; `line` (from 1) is where it stopped being one. */
export function parseBlockHeader(text: string): DecodedBlockHeader {
  const lines = text.split('\n');
  if (text.length > maxHeaderBytes || lines[0] !== formatLine) return { ok: false, code: 'malformed', line: 1 };
  if (lines.length !== keys.length + 2 || lines.at(-1) !== '') {
    return { ok: false, code: 'malformed', line: lines.length };
  }
  const read = (key: HeaderKey): string | null => {
    const line = lines[keys.indexOf(key) + 1] ?? '';
    return line.startsWith(`${key}: `) ? line.slice(key.length + 2) : null;
  };
  const name = (key: HeaderKey): string | null => {
    const value = read(key);
    return value !== null && namePattern.test(value) ? value : null;
  };
  const tenantId = name('tenant');
  const block = parseCount(read('block'));
  const segmentId = read('segment') === '-' ? '-' : name('segment');
  const records = parseCount(read('records'));
  const first = parseTime(read('first-received'));
  const last = parseTime(read('last-received'));
  const created = parseTime(read('created'));
  const root = parseHash(read('root'));
  const bodySha256 = parseHash(read('body-sha256'));
  const bodyLength = parseCount(read('body-length'));
  const dataKeyId = name('data-key');
  const maskingVersion = name('masking');

  const empty = records === 0;
  const fail = (key: HeaderKey): DecodedBlockHeader => ({ ok: false, code: 'malformed', line: keys.indexOf(key) + 2 });
  if (tenantId === null) return fail('tenant');
  if (block === null) return fail('block');
  if (segmentId === null) return fail('segment');
  if (records === null) return fail('records');
  if (first === null || (first === '-') !== empty) return fail('first-received');
  if (last === null || (last === '-') !== empty || (last !== '-' && first !== '-' && last < first)) {
    return fail('last-received');
  }
  if (created === null || created === '-') return fail('created');
  if (root === null) return fail('root');
  if (bodySha256 === null) return fail('body-sha256');
  if (bodyLength === null) return fail('body-length');
  if (dataKeyId === null) return fail('data-key');
  if (maskingVersion === null) return fail('masking');
  return {
    ok: true,
    header: {
      tenantId,
      block,
      segmentId: segmentId === '-' ? null : segmentId,
      records,
      firstReceivedUs: first === '-' ? null : first,
      lastReceivedUs: last === '-' ? null : last,
      createdUs: created,
      root,
      bodySha256,
      bodyLength,
      dataKeyId,
      maskingVersion,
    },
  };
}

function parseCount(text: string | null): number | null {
  if (text === null || !/^(0|[1-9]\d{0,15})$/.test(text)) return null;
  const value = Number(text);
  return isTreeSize(value) ? value : null;
}

function parseHash(text: string | null): Uint8Array | null {
  const bytes = text === null ? null : decodeBase64(text);
  return bytes !== null && bytes.length === 32 ? bytes : null;
}

function formatTime(microseconds: number | null): string {
  if (microseconds === null) return '-';
  if (!isTreeSize(microseconds))
    throw new RangeError('block header: a time is a whole number of microseconds since 1970');
  const milliseconds = new Date(Math.floor(microseconds / 1000)).toISOString().slice(0, -1);
  return `${milliseconds}${String(microseconds % 1000).padStart(3, '0')}Z`;
}

function parseTime(text: string | null): number | '-' | null {
  if (text === null || text === '-') return text;
  const match = timePattern.exec(text);
  if (match === null) return null;
  const microseconds = Date.parse(`${match[1]}Z`) * 1000 + Number(match[2]);
  return isTreeSize(microseconds) && formatTime(microseconds) === text ? microseconds : null;
}
