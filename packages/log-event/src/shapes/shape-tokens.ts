/** Stands in a shape for what differs from line to line. */
export const anything = '<*>';

/** What is left of longer lines says which shape they have. */
const mostTokens = 120;
const longestRead = 4_096;

/**
 * Parts of a line that are values wherever they stand, the longest kinds first: dates and times, addresses, identifiers,
 * numbers. Each alternative is linear.
 */
const value =
  /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,2}:\d\d:\d\d(?:[.,]\d{1,9})?|[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5,7}|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5}|\/\d{1,2})?|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}|0x[0-9a-fA-F]+|[\w.+-]{1,64}@[\w.-]{1,255}/y;

const word = /[\p{L}\p{M}\p{N}_.@\\/%+*~-]+/uy;
const digit = /\d/;
const hexadecimal = /^[0-9a-f]{8,}$/i;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u;
const scriptRun =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]+/gu;

/**
 * A line as the tokens of its shape: words, values as `<*>`, and signs one by one; blanks part tokens and are not kept. What
 * has a digit in it is a value; a Japanese text is parted where its script ends, so that `接続元10.0.0.1から` is three.
 */
export function shapeTokens(line: string): string[] {
  const text = line.length > longestRead ? line.slice(0, longestRead) : line;
  const tokens: string[] = [];
  let at = 0;
  while (at < text.length && tokens.length < mostTokens) {
    const sign = text[at] ?? '';
    if (/\s/.test(sign)) {
      at += 1;
      continue;
    }
    const found = matchAt(value, text, at) ?? '';
    // A value ends where its word ends; else it is the beginning of a name such as `10.2.x`.
    const wordFound = matchAt(word, text, at) ?? '';
    if (found.length > 0 && found.length >= wordFound.length) {
      push(tokens, anything);
      at += found.length;
    } else if (wordFound.length > 0) {
      for (const part of partsOf(wordFound)) push(tokens, part);
      at += wordFound.length;
    } else {
      tokens.push(sign);
      at += 1;
    }
  }
  if (at < text.length || text.length < line.length) tokens.push('…');
  return tokens;
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function partsOf(found: string): string[] {
  if (!wide.test(found)) return [digit.test(found) || hexadecimal.test(found) ? anything : found];
  return [...found.matchAll(scriptRun)].map(([part]) => (digit.test(part) ? anything : part));
}

/** Several values in a row are one. */
function push(tokens: string[], token: string): void {
  if (token !== anything || tokens.at(-1) !== anything) tokens.push(token);
}

/** Tokens as a text to read: signs stand at their words. */
export function shapeText(tokens: readonly string[]): string {
  let text = '';
  let before = '';
  for (const token of tokens) {
    const isTight =
      text === '' ||
      /^[,.;:)\]}>=）」』、。]$/.test(token) ||
      /[([{<=（「『"']$/.test(before) ||
      bothWide(before, token);
    text += isTight ? token : ` ${token}`;
    before = token === anything ? '' : token;
  }
  return text;
}

function bothWide(before: string, token: string): boolean {
  return wide.test(before.at(-1) ?? '') && wide.test(token[0] ?? '');
}
