import { canonicalBytes, NotCanonicalError, parseCanonicalJson } from '../canonical-json.ts';
import { maxContentBytes, tagBytes } from './report-frame.ts';
import { ReportObjectError } from './report-object-error.ts';

/** One frame of the content, as the table has it. */
export interface ReportFrame {
  /** Where it starts in the object. */
  readonly start: number;
  /** Of it in the object. */
  readonly bytes: number;
  /** Of its content. */
  readonly contentBytes: number;
  readonly rows: number;
  readonly flagged: number;
}

export interface ReportTable {
  readonly frames: readonly ReportFrame[];
  /** Of the whole content. */
  readonly bytes: number;
  readonly rows: number;
  readonly flagged: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export function encodeTable({ frames, bytes, rows, flagged, sha256 }: ReportTable): Uint8Array {
  return canonicalBytes({
    bytes,
    flagged,
    frames: frames.map((each) => [each.start, each.bytes, each.contentBytes, each.rows, each.flagged]),
    rows,
    sha256,
  });
}

/** Reads a table that is authentic, and holds it to the object: frames without gaps between prefix and table, sums that fit. */
export function decodeTable(
  content: Uint8Array,
  place: { readonly frames: number; readonly first: number; readonly end: number },
): ReportTable {
  const value = parse(content);
  const { bytes, flagged, frames, rows, sha256 } = value;
  if (!Array.isArray(frames) || typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return refuse();
  const read = frames.map(frameOf);
  let next = place.first;
  const sums = { bytes: 0, rows: 0, flagged: 0 };
  for (const frame of read) {
    if (frame.start !== next) return refuse();
    next += frame.bytes;
    sums.bytes += frame.contentBytes;
    sums.rows += frame.rows;
    sums.flagged += frame.flagged;
  }
  if (read.length !== place.frames || next !== place.end) return refuse();
  if (sums.bytes !== bytes || sums.rows !== rows || sums.flagged !== flagged) return refuse();
  return { frames: read, sha256, ...sums };
}

function parse(content: Uint8Array): Record<string, unknown> {
  try {
    const value = parseCanonicalJson(content);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : refuse();
  } catch (cause) {
    if (cause instanceof NotCanonicalError) throw new ReportObjectError('bad-table', { cause });
    throw cause;
  }
}

function frameOf(value: unknown): ReportFrame {
  if (!Array.isArray(value) || value.length !== 5 || !value.every(isCount)) return refuse();
  const [start = 0, bytes = 0, contentBytes = 0, rows = 0, flagged = 0] = value as number[];
  if (bytes <= tagBytes || contentBytes > maxContentBytes || flagged > rows) return refuse();
  return { start, bytes, contentBytes, rows, flagged };
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function refuse(): never {
  throw new ReportObjectError('bad-table');
}
