export interface DecisionContext {
  readonly organisationId: string;
  /** Pure code takes the hash function. */
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
}

/** A UUID (version 8, RFC 9562 section 5.8) of what an alert is about: deciding the same log again gives the same. */
export function alertId({ organisationId, sha256 }: DecisionContext, parts: readonly string[]): string {
  const text = JSON.stringify(['akashi alert', organisationId, ...parts]);
  const bytes = Buffer.from(sha256(Buffer.from(text, 'utf8'))).subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
