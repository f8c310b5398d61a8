import { hash } from 'node:crypto';

/** SHA-256 of the bytes, as a new Buffer of 32 bytes. */
export function sha256(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer');
}

/**
 * Writes SHA-256 of the bytes into the target at the offset. Going through a Latin-1 string costs about half of an
 * allocated Buffer per digest, which is what a block of short records is made of.
 */
export function writeSha256(bytes: Uint8Array, target: Buffer, offset: number): void {
  target.write(hash('sha256', bytes, 'binary'), offset, 32, 'latin1');
}
