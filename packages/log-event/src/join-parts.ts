/** Fewer digits than this are no card number, wherever they are divided. */
export const leastCardDigits = 12;

const betweenDigits = /[ ._\n-]/;

/**
 * Parts of a text with a separator between them. Masking saw each part by itself: a number that goes on from one part into the
 * next is starred where it is long enough for a card's.
 */
export function joinParts(parts: readonly string[], separator = ' '): string {
  const text = parts.join(separator);
  if (parts.length < 2) return text;
  const borders = new Set<number>();
  let border = 0;
  for (const part of parts) borders.add((border += part.length + separator.length));
  let joined = '';
  let written = 0;
  for (let at = 0; at < text.length;) {
    if (!isDigit(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const start = at;
    let digits = 0;
    let crosses = false;
    let end = at;
    for (; at < text.length; at++) {
      if (isDigit(text.charCodeAt(at))) {
        digits++;
        end = at + 1;
        crosses ||= at > start && borders.has(at);
      } else if (betweenDigits.test(text.charAt(at))) crosses ||= borders.has(at);
      else break;
    }
    if (!crosses || digits < leastCardDigits) continue;
    joined += text.slice(written, start) + text.slice(start, end).replace(/\d/g, '*');
    written = end;
  }
  return written === 0 ? text : joined + text.slice(written);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
