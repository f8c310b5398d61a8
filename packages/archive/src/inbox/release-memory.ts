/** Smaller pieces may be parts of memory that others use, and are not worth it. */
const leastBytes = 64 * 1024;

/**
 * Gives bytes that nobody reads any more back at once. Megabytes outside of the heap, left to the collector, have it walk
 * through the whole heap again and again; and what was decrypted does not stay longer than it is needed.
 */
export function releaseMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength >= leastBytes && buffer.byteLength === byteLength) buffer.transfer(0);
}
