/** Small buffers share the runtime's pool, which is never larger than this. */
const largestPoolBytes = 1024 * 1024;

/** Bytes whose memory nobody else uses, so that handing them over moves it; only small or shared pieces are copied. */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const isOwn =
    buffer instanceof ArrayBuffer && (buffer.byteLength > largestPoolBytes || buffer.byteLength === byteLength);
  return isOwn ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}
