/** JSON string literals for the bulk encoder: plain text is only quoted, the rest goes through the runtime's escaper. */

// eslint-disable-next-line no-control-regex -- control characters are what must be escaped
const needsEscape = /[\u0000-\u001f"\\\ud800-\udfff]/;

/** A JSON string literal. Lone surrogates become U+FFFD, so that the text is always valid UTF-8. */
export function jsonString(text: string): string {
  return needsEscape.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;
}
