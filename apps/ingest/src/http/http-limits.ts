/** Limits of one request. Each refusal says the limit that was passed. */
export const httpLimits = {
  /** On the wire. */
  bodyBytes: 16 * 1024 ** 2,
  /** After decompression. */
  decodedBytes: 64 * 1024 ** 2,
  records: 200_000,
  idempotencyKeyLength: 255,
} as const;
