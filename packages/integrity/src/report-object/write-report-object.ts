import { createHash } from 'node:crypto';
import { sha256 } from '../sha256.ts';
import { sealFrame } from './report-frame.ts';
import { encodeReportPrefix, type ReportHeader } from './report-header.ts';
import { encodeTable, type ReportFrame, type ReportTable } from './report-table.ts';

/** About as much content as a frame holds. */
export const frameContentBytes = 1024 * 1024;
/** And about as many rows, so that a page of rows is one frame or two. */
const frameRows = 1_000;

export const trailerMagic = 'akr1';
export const trailerBytes = 12;

export interface ReportObjectInput extends ReportHeader {
  /** The data key that `keyId` names, 32 bytes. */
  readonly key: Uint8Array;
}

export interface ReportObjectWriter {
  /** Adds content; answers what is to be written next, in order. A row of its own where the file has rows. */
  add(content: Uint8Array, row?: { readonly isFlagged: boolean }): readonly Uint8Array[];
  /** The rest of the object, and what it holds. */
  finish(): { readonly chunks: readonly Uint8Array[]; readonly table: ReportTable };
}

/** Makes an object piece by piece; the pieces one after the other are its bytes. `nonce` never served this key before. */
export function writeReportObject(input: ReportObjectInput): ReportObjectWriter {
  const prefix = encodeReportPrefix(input);
  const prefixSha256 = sha256(prefix);
  const { key, nonce } = input;
  const content = createHash('sha256');
  const frames: ReportFrame[] = [];
  let waiting: Uint8Array[] = [];
  let sums = { contentBytes: 0, rows: 0, flagged: 0 };
  let start = prefix.length;
  let isBegun = false;

  const begin = (): readonly Uint8Array[] => {
    if (isBegun) return [];
    isBegun = true;
    return [prefix];
  };
  const closeFrame = (): readonly Uint8Array[] => {
    if (waiting.length === 0) return [];
    const place = { key, nonce, prefixSha256, number: frames.length, isTable: false };
    const frame = sealFrame(Buffer.concat(waiting), place);
    frames.push({ start, bytes: frame.length, ...sums });
    start += frame.length;
    waiting = [];
    sums = { contentBytes: 0, rows: 0, flagged: 0 };
    return [frame];
  };

  return {
    add(bytes, row) {
      content.update(bytes);
      const chunks = [...begin()];
      // A copy: what the caller gave may be used again before the frame is full.
      waiting.push(Uint8Array.from(bytes));
      sums.contentBytes += bytes.length;
      sums.rows += row === undefined ? 0 : 1;
      sums.flagged += row?.isFlagged === true ? 1 : 0;
      if (sums.contentBytes >= frameContentBytes || sums.rows >= frameRows) chunks.push(...closeFrame());
      return chunks;
    },
    finish() {
      const chunks = [...begin(), ...closeFrame()];
      const table: ReportTable = {
        frames,
        bytes: frames.reduce((total, frame) => total + frame.contentBytes, 0),
        rows: frames.reduce((total, frame) => total + frame.rows, 0),
        flagged: frames.reduce((total, frame) => total + frame.flagged, 0),
        sha256: content.digest('hex'),
      };
      const place = { key, nonce, prefixSha256, number: frames.length, isTable: true };
      const last = sealFrame(encodeTable(table), place);
      const trailer = Buffer.alloc(trailerBytes);
      trailer.writeUInt32BE(frames.length);
      trailer.writeUInt32BE(last.length, 4);
      trailer.write(trailerMagic, 8, 'latin1');
      return { chunks: [...chunks, last, trailer], table };
    },
  };
}
