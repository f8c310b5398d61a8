import { setImmediate } from 'node:timers/promises';

/** So much is encrypted or hashed in one turn of the event loop: a millisecond. */
const sliceBytes = 1024 * 1024;

export function fitsOneTurn(bytes: Buffer): boolean {
  return bytes.length <= sliceBytes;
}

/** The bytes in slices, with a turn of the event loop between them, so that a large batch keeps nobody waiting. */
export async function* inTurns(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += sliceBytes) {
    if (at > 0) await setImmediate();
    yield bytes.subarray(at, at + sliceBytes);
  }
}
