import type { RecordList } from '@akashi/inbox';
import type { TextEncoding } from '@akashi/line-text';
import { AppError } from '@akashi/server-kit';
import { createBodyReader } from './body-reader.ts';
import type { BodyType } from './body-type.ts';
import { RecordSink } from './record-sink.ts';
import { Utf8Stream } from './to-utf8.ts';

export interface ReadingSettings extends BodyType {
  /** Of a text that does not say its own. */
  usualEncoding?: TextEncoding | undefined;
  maxElementBytes: number;
  /** So many bytes of it are in memory now; may throw what the sender is answered. */
  onPiece: (bytes: number) => void;
}

export interface ReadBody {
  records: RecordList;
  /** What it was in; undefined when it was UTF-8 already. */
  encoding: string | undefined;
  /** Bytes that were no text in it, each kept as a character that stands for it. */
  undecodable: number;
}

/**
 * All records of a body, or an error with the position of what is wrong; never a part of them. The body is read as its
 * pieces come: what is held of it are its records and one unfinished element.
 */
export async function readRecords(pieces: AsyncIterable<Buffer>, settings: ReadingSettings): Promise<ReadBody> {
  const sink = new RecordSink();
  const reader = createBodyReader(settings.format, sink, settings.maxElementBytes);
  const decoder = new Utf8Stream(settings.encoding, settings.format === 'text' ? settings.usualEncoding : undefined);
  const read = (piece: Buffer): void => {
    settings.onPiece(piece.length);
    reader.push(piece);
  };
  try {
    for await (const piece of pieces) read(decoder.push(piece));
    read(decoder.end());
    reader.end();
    if (sink.count === 0) {
      throw new AppError('body-invalid', { detail: 'The body holds no record.', reason: 'no-records' });
    }
  } catch (error) {
    sink.release();
    throw error;
  }
  return { records: await sink.finish(), encoding: decoder.encoding, undecodable: decoder.undecodable };
}
