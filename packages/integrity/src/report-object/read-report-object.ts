import { createHash } from 'node:crypto';
import { openFrame, tagBytes } from './report-frame.ts';
import { prefixReadBytes, readReportPrefix, type ReportHeader, type ReportObjectName } from './report-header.ts';
import { ReportObjectError } from './report-object-error.ts';
import { decodeTable, type ReportTable } from './report-table.ts';
import { trailerBytes, trailerMagic } from './write-report-object.ts';

/** An object as a store has it. */
export interface StoredObject {
  readonly bytes: number;
  /** At most `bytes` bytes from `start` on; fewer only where the object ends. */
  readRange(range: { readonly start: number; readonly bytes: number }): Promise<Uint8Array>;
}

export interface ReportObjectReader {
  readonly header: ReportHeader;
  readonly table: ReportTable;
  /** The content of one frame of the table, by its place in it. */
  frame(index: number): Promise<Buffer>;
  /** The whole content, frame by frame; throws at the end when it is not what the table says. */
  content(): AsyncGenerator<Buffer, void, undefined>;
}

/**
 * Opens the object that should be of this organisation, run and file. Reads its two ends; frames are read when they are asked
 * for. Every fault of the object is a ReportObjectError; `keyOf` gives the data key of the id that the object names, and what
 * it throws goes on.
 */
export async function readReportObject(
  object: StoredObject,
  expected: ReportObjectName & { readonly keyOf: (keyId: string) => Uint8Array },
): Promise<ReportObjectReader> {
  const prefix = readReportPrefix(await object.readRange({ start: 0, bytes: prefixReadBytes }));
  const { header } = prefix;
  if (header.tenantId !== expected.tenantId || header.runId !== expected.runId || header.file !== expected.file)
    throw new ReportObjectError('other-object');
  const key = expected.keyOf(header.keyId);
  const read = async (start: number, bytes: number): Promise<Uint8Array> => {
    const found = start < prefix.bytes ? new Uint8Array() : await object.readRange({ start, bytes });
    if (found.length !== bytes) throw new ReportObjectError('cut');
    return found;
  };
  const end = object.bytes - trailerBytes;
  const trailer = Buffer.from(await read(end, trailerBytes));
  const number = trailer.readUInt32BE(0);
  const tableBytes = trailer.readUInt32BE(4);
  if (trailer.toString('latin1', 8) !== trailerMagic || tableBytes < tagBytes) throw new ReportObjectError('cut');
  const start = end - tableBytes;
  const place = { key, nonce: header.nonce, prefixSha256: prefix.sha256 };
  const sealed = await read(start, tableBytes);
  const table = decodeTable(openFrame(sealed, { ...place, number, isTable: true }), {
    frames: number,
    first: prefix.bytes,
    end: start,
  });

  const frame = async (index: number): Promise<Buffer> => {
    const at = table.frames[index];
    if (at === undefined) throw new RangeError('no such frame');
    const content = openFrame(await read(at.start, at.bytes), { ...place, number: index, isTable: false });
    if (content.length !== at.contentBytes) throw new ReportObjectError('other-content', { frame: index });
    return content;
  };
  return {
    header,
    table,
    frame,
    async *content() {
      const hash = createHash('sha256');
      for (const index of table.frames.keys()) {
        const content = await frame(index);
        hash.update(content);
        yield content;
      }
      if (hash.digest('hex') !== table.sha256) throw new ReportObjectError('other-content');
    },
  };
}
