/**
 * Gives the memory of bytes that nobody reads any more back at once. Megabytes outside of the heap, left to the collector,
 * have it walk through the whole heap again and again; and what was decrypted does not stay longer than it is needed.
 * Smaller memory may be the runtime's pool, which others share.
 */
export function releaseMemory({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}
