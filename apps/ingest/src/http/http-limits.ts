/** Limits of one request. Each refusal says the limit that was passed. */
export const httpLimits = {
  /** On the wire. */
  bodyBytes: 16 * 1024 ** 2,
  /** After decompression. */
  decodedBytes: 64 * 1024 ** 2,
  /** Of a body in zstd: each costs a decoder. */
  frames: 4096,
  records: 200_000,
  /** Levels of an element; deeper ones are kept unchecked. */
  jsonDepth: 128,
  idempotencyKeyLength: 255,
  /** From the first byte of a request to its last. */
  requestMs: 120_000,
  /** From the first byte of a request to the end of its head, also when none comes. */
  headMs: 15_000,
  /** How often heads that do not end are looked for. */
  looksEveryMs: 5_000,
  /** When the process stops, requests that are under way may take so long. */
  closeMs: 5_000,
  /** A body that comes more slowly than this, on the average of the time that it was waited for, is given up … */
  leastBytesPerSecond: 1024,
  /** … once it was waited for so long. */
  patienceMs: 10_000,
  /** What is left of a refused body is not read for longer. */
  afterRefusalMs: 5_000,
} as const;

/** What bodies that are being read may hold in memory, and how many there may be; decoded bytes, as they come. */
export const roomLimits = {
  bytes: 512 * 1024 ** 2,
  /** Of one organisation: half, so that another always finds some. */
  bytesOfTenant: 256 * 1024 ** 2,
  requestsOfTenant: 256,
  requestsOfKey: 128,
  /** For the product's own records, beside all others. */
  ownBytes: 64 * 1024 ** 2,
} as const;
