/** Entry bundles of a log (C2SP tlog-tiles): each entry behind its length as an unsigned 16-bit big-endian number. */
export const maxEntryBytes = 0xffff;

/** The bundle bytes of the entries in order. */
export function encodeEntries(entries: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const entry of entries) {
    if (entry.length > maxEntryBytes) throw new RangeError('a log entry exceeds 65535 bytes');
    const length = Buffer.allocUnsafe(2);
    length.writeUInt16BE(entry.length, 0);
    parts.push(length, entry);
  }
  return Buffer.concat(parts);
}

/** The entries of a bundle (views), or null when its lengths do not add up. */
export function decodeEntries(bundle: Uint8Array): Buffer[] | null {
  const bytes = Buffer.from(bundle.buffer, bundle.byteOffset, bundle.byteLength);
  const entries: Buffer[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    if (offset + 2 > bytes.length) return null;
    const end = offset + 2 + bytes.readUInt16BE(offset);
    if (end > bytes.length) return null;
    entries.push(bytes.subarray(offset + 2, end));
    offset = end;
  }
  return entries;
}
