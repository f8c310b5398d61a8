/** Signs that draw nothing, or change how others are drawn: what a reader would not see. */
const unseen = /[\p{C}\p{Zl}\p{Zp}]/u;
const escapeStart = /\\(?=u\{)/g;

/**
 * The text as a page can show it. A code point that the font cannot draw, and one that nobody would see (controls, marks
 * of direction, what has no place in Unicode), is written as `\u{…}` in hexadecimal, so nothing is lost and nothing can
 * reorder a line. A text that holds such an escape itself has its backslash written so. A line feed is also kept as one.
 */
export function visibleText(text: string, covers: (codePoint: number) => boolean): string {
  let shown = '';
  for (const sign of text.replace(escapeStart, '\\u{5c}')) {
    const codePoint = sign.codePointAt(0) ?? 0;
    if (codePoint === 0x0a) shown += '\\u{a}\n';
    else if (unseen.test(sign) || !covers(codePoint)) shown += `\\u{${codePoint.toString(16)}}`;
    else shown += sign;
  }
  return shown;
}
