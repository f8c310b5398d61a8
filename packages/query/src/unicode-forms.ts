const beyondAscii = /[\u0080-\uFFFF]/;

/**
 * The spellings of a text that Unicode calls the same (UAX 15): as written, composed (NFC) and decomposed (NFD). macOS
 * and SMB write names decomposed, keyboards composed; logs hold both.
 */
export function unicodeForms(text: string): readonly string[] {
  if (!beyondAscii.test(text)) return [text];
  return [...new Set([text, text.normalize('NFC'), text.normalize('NFD')])];
}
