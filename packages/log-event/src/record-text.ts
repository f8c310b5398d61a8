/** Record bytes as text: UTF-8, every invalid sequence as U+FFFD (the bytes themselves stay in the archive). */
export function decodeRecordText(record: Uint8Array): string {
  return asBuffer(record).toString('utf8');
}

/** Whether the bytes were not valid UTF-8, given the text that `decodeRecordText` made of them. */
export function lostBytes(record: Uint8Array, text: string): boolean {
  return text.includes('\ufffd') && !Buffer.from(text, 'utf8').equals(record);
}

/** Whether the text holds characters that stand for bytes (U+10FE00 + byte): what was not in the encoding of its sender. */
export function keepsBytes(text: string): boolean {
  // Their first half is the same surrogate; almost no text has it.
  return text.includes('\udbff') && /[\u{10FE00}-\u{10FEFF}]/u.test(text);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
