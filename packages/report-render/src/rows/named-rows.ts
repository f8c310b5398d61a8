import { createHash } from 'node:crypto';
import type { RunHead } from './run-head.ts';

/** Frozen rows that are not those that the head names: no file may say that it was made from them. */
export class OtherRowsError extends Error {
  override readonly name = 'OtherRowsError';
  readonly code = 'frozen-rows-differ';

  constructor() {
    super('the frozen rows do not have the hash that their run names');
  }
}

/** The chunks as they come; throws after the last one unless they are the bytes that the head names. */
export async function* namedRows({ ndjson }: RunHead, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== ndjson.sha256) throw new OtherRowsError();
}
