/**
 * The canonical bytes of a record inside a block. They are stored exactly as they are hashed, RFC 6962 leaf prefix
 * included, so that sealing and checking a record is one hash over one slice of the payload:
 *
 *   0x00 | u8 flags | 32 bytes SHA-256 of the origin JSON | u64be receivedAtUs | u32be sequence | u16be notes length |
 *   notes JSON | record bytes (masked)
 */

/** Flag bits of a sealed record. */
export const recordFlags = {
  /** The record goes on from the one before it: one line was longer than the limit. */
  continuation: 0b0001,
  /** The next record goes on from this one. */
  moreFollow: 0b0010,
  /** Masking left notes; set by the block builder, from the notes. */
  hasNotes: 0b0100,
  /** Masking failed and starred every digit. */
  maskingFailedClosed: 0b1000,
} as const;

/** What identifies a record, apart from its place in the block. */
export interface SealedRecord {
  flags: number;
  originDigest: Uint8Array;
  receivedAtUs: number;
  sequence: number;
  notes: Uint8Array;
  record: Uint8Array;
}

export const leafHeadBytes = 48;
export const leafOffsets = {
  prefix: 0,
  flags: 1,
  originDigest: 2,
  receivedAtUs: 34,
  sequence: 42,
  notesLength: 46,
} as const;
/** Notes carry a 16-bit length. */
export const maxNotesBytes = 0xffff;

/** The canonical bytes of one record, for checking a single event in Node or in a browser. */
export function encodeLeaf(sealed: SealedRecord): Uint8Array {
  const leaf = new Uint8Array(leafHeadBytes + sealed.notes.length + sealed.record.length);
  const view = new DataView(leaf.buffer);
  view.setUint8(leafOffsets.prefix, 0x00);
  view.setUint8(leafOffsets.flags, sealed.flags);
  leaf.set(sealed.originDigest, leafOffsets.originDigest);
  view.setBigUint64(leafOffsets.receivedAtUs, BigInt(sealed.receivedAtUs));
  view.setUint32(leafOffsets.sequence, sealed.sequence);
  view.setUint16(leafOffsets.notesLength, sealed.notes.length);
  leaf.set(sealed.notes, leafHeadBytes);
  leaf.set(sealed.record, leafHeadBytes + sealed.notes.length);
  return leaf;
}
