/** Limits of one request. Each refusal says the limit that was passed. */
export const httpLimits = {
  /** On the wire. */
  bodyBytes: 16 * 1024 ** 2,
  /** After decompression. */
  decodedBytes: 64 * 1024 ** 2,
  /** Of a body in zstd: each costs a decoder. */
  frames: 4096,
  records: 200_000,
  idempotencyKeyLength: 255,
  /** Bodies being read or worked on, all requests together; without a Content-Length a body counts as the largest. */
  bytesInFlight: 512 * 1024 ** 2,
  connections: 4096,
  /** From the first byte of a request to its last. */
  requestMs: 120_000,
} as const;
