import type { BodyFormat } from './body-type.ts';
import { JsonArrayReader } from './read-json-array.ts';
import { NdjsonReader } from './read-ndjson.ts';
import { TextReader } from './read-text.ts';
import type { RecordSink } from './record-sink.ts';

/** Makes records out of a body that comes in pieces. The same bytes give the same records, whatever pieces they come in. */
export interface BodyReader {
  /** Some milliseconds of work at most for a piece of 64 KiB. */
  push(piece: Buffer): void;
  /** The body is over. */
  end(): void;
}

export function createBodyReader(format: BodyFormat, sink: RecordSink, maxElementBytes: number): BodyReader {
  switch (format) {
    case 'text':
      return new TextReader(sink);
    case 'ndjson':
      return new NdjsonReader(sink, maxElementBytes);
    case 'json':
      return new JsonArrayReader(sink, maxElementBytes);
  }
}
