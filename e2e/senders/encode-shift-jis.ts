/** Bytes of Shift_JIS by character, read from the runtime's own decoder: Node encodes UTF-8 alone. */
function readCharacters(): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder('shift_jis');
  const bytesOf = new Map<string, readonly number[]>();
  const note = (bytes: readonly number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes));
    if (text.length === 1 && text !== '\ufffd' && !bytesOf.has(text)) bytesOf.set(text, bytes);
  };
  for (let byte = 0; byte < 256; byte++) note([byte]);
  for (let lead = 0x81; lead <= 0xfc; lead++) for (let trail = 0x40; trail <= 0xfc; trail++) note([lead, trail]);
  return bytesOf;
}

/** The text as Excel saves it on Windows in Japan. Throws for a character that Shift_JIS does not have. */
export function encodeShiftJis(text: string): Buffer {
  const bytesOf = readCharacters();
  return Buffer.from(
    Array.from(text).flatMap((character) => {
      const bytes = bytesOf.get(character);
      if (bytes === undefined) throw new Error('Shift_JIS has no such character');
      return bytes;
    }),
  );
}
