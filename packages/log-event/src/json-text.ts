/** JSON string literals for the bulk encoder: plain text is only quoted, the rest goes through the runtime's escaper. */

// eslint-disable-next-line no-control-regex -- control characters are what must be escaped
const needsEscape = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** Below this length a look at each character is cheaper than starting the expression. */
const shortLength = 24;

/** A JSON string literal. Lone surrogates become U+FFFD, so that the text is always valid UTF-8. */
export function jsonString(text: string): string {
  return isPlain(text) ? `"${text}"` : JSON.stringify(text.toWellFormed());
}

/** Whether a text is its own JSON, quotes aside. */
export function isPlain(text: string): boolean {
  const { length } = text;
  if (length > shortLength) return !needsEscape.test(text);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return false;
  }
  return true;
}

/** What stands between the quotes of a JSON string literal. */
export function jsonInside(text: string): string {
  return isPlain(text) ? text : JSON.stringify(text.toWellFormed()).slice(1, -1);
}

/**
 * The same text as one run of characters. Text that was put together stays a tree of its parts until it is written;
 * a piece that is used again and again should not be walked through each time.
 */
export function flatText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
