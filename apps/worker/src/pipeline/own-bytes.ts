/** Small buffers share the runtime's pool, which is never larger than this. */
const largestPoolBytes = 1024 * 1024;

/**
 * Gives bytes that nobody reads any more back at once. Left to the collector, megabytes outside of the heap have it walk
 * through the whole heap again and again.
 */
export function releaseBytes({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength > largestPoolBytes) buffer.transfer(0);
}

/** Bytes whose memory nobody else uses, so that handing them over moves it; only small or shared pieces are copied. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const isOwn =
    buffer instanceof ArrayBuffer && (buffer.byteLength > largestPoolBytes || buffer.byteLength === byteLength);
  return isOwn ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}
