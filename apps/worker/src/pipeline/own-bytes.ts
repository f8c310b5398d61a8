/**
 * Bytes whose memory nobody else uses, so that handing them over moves it; only pieces of the runtime's pool, which others
 * share, are copied.
 */
export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = bytes;
  const isOwn =
    buffer instanceof ArrayBuffer && (buffer.byteLength > Buffer.poolSize || buffer.byteLength === byteLength);
  return isOwn ? new Uint8Array(buffer, byteOffset, byteLength) : new Uint8Array(bytes);
}
