import { foldWidth } from './fold-width.ts';

/** The words of a text as the index sees them: what `matches` compares and what the analyzer `akashi_text` gives. */
export interface TextToken {
  text: string;
  /** A character of Japanese, Chinese or Korean script that directly follows another such character. */
  joined: boolean;
  cjk: boolean;
}

/**
 * Characters inside which UAX #29 would keep a word whole (MidLetter, MidNum, MidNumLet, ExtendNumLet, quotes): the
 * analyzer and this tokenizer turn them into spaces, so that every part of a dotted, colon-separated or underscored
 * name is a word of its own.
 */
export const separatorCharacters: readonly string[] = Array.from(
  ':.,;\'"_\u00B7\u0387\u055F\u05F4\u2027\uFE13\uFE55\uFF1A\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14' +
    '\uFE50\uFE54\uFF0C\uFF1B\u2018\u2019\u2024\uFE52\uFF07\uFF0E\u202F\u203F\u2040\u2054\uFE33\uFE34\uFE4D\uFE4E' +
    '\uFE4F\uFF3F',
);

/** A longer word counts as several: the standard tokenizer's limit, in UTF-16 units. */
export const maxTokenLength = 255;

const extend =
  '\\p{M}\\u0600-\\u0605\\u06DD\\u200C\\u200D\\uFF9E\\uFF9F\\u{1F3FB}-\\u{1F3FF}\\u{E0020}-\\u{E007F}\\u00AD\\u061C\\u180E\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u2064\\u2066-\\u206F\\uFEFF\\uFFF9-\\uFFFB';
const katakana = '\\p{sc=Katakana}\\u3031-\\u3035\\u309B\\u309C\\u30A0\\u30FC\\uFF70';
const complex = '\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const letter = `(?![${katakana}\\u3006\\p{M}\\uFF9E\\uFF9F]|(?!\\p{Nd})[${complex}]|(?![\\u3005\\u303B])[\\p{sc=Han}\\p{sc=Hiragana}])[\\p{Alphabetic}\\p{Nd}\\u3005\\u303B\\u066B\\u02C2-\\u02C5\\u02D2-\\u02D7\\u02DE\\u02DF\\u02E5-\\u02EB\\u02ED\\u02EF-\\u02FF\\u055A-\\u055C\\u055E\\u058A\\u05F3\\uA708-\\uA716\\uA720\\uA721\\uA789\\uA78A\\uAB5B]`;
const pictograph = `(?![#*0-9\\p{Alphabetic}])[\\p{Extended_Pictographic}\\u2388\\u2605\\u2607-\\u2612\\u2614-\\u2685\\u2690-\\u2705\\u2708-\\u2712\\u2763-\\u2767\\u{1F000}-\\u{1F0FF}\\u{1F10D}-\\u{1F10F}\\u{1F1AD}-\\u{1F1E5}\\u{1F249}-\\u{1F3FF}\\u{1F400}-\\u{1F53D}\\u{1F546}-\\u{1F64F}\\u{1F680}-\\u{1F6FF}\\u{1F7D5}-\\u{1F7FF}\\u{1F947}-\\u{1FFFD}]`;
const segment = new RegExp(
  [
    `(?<emoji>\\p{RI}\\p{RI}|[0-9#*]\\uFE0F?\\u20E3|${pictograph}[${extend}]*(?:(?<=\\u200D)${pictograph}[${extend}]*)*)`,
    `(?<han>(?![\\u3005\\u303B])[\\p{sc=Han}\\p{sc=Hiragana}${katakana}][${extend}]*)`,
    `(?<complex>(?:(?![\\p{Nd}\\p{P}])[${complex}][${extend}]*)+)`,
    `(?<word>(?:${letter}[${extend}]*)+)`,
  ].join('|'),
  'gu',
);
const onlyHangul = new RegExp(`^(?:(?=\\p{Alphabetic})\\p{sc=Hangul}[${extend}]*)+$`, 'u');
const beyondAscii = /[\u0080-\uFFFF]/;
const asciiWord = /[A-Za-z0-9]+/g;
const separators = new Set(separatorCharacters);
const separatorPattern = new RegExp(`[${[...separators].join('')}]`, 'g');

export function tokenize(text: string): TextToken[] {
  const tokens: TextToken[] = [];
  if (!beyondAscii.test(text)) {
    for (const [word] of text.matchAll(asciiWord)) pushWord(tokens, word.toLowerCase());
    return tokens;
  }
  let cjkEnd = -1;
  for (const match of text.replace(separatorPattern, ' ').matchAll(segment)) {
    const [found] = match;
    const isCjk =
      match.groups?.['han'] !== undefined || (match.groups?.['word'] !== undefined && onlyHangul.test(found));
    if (!isCjk) {
      pushWord(tokens, foldToken(found));
      continue;
    }
    let joined = match.index === cjkEnd;
    for (const character of foldToken(found)) {
      tokens.push({ text: character, joined, cjk: true });
      joined = true;
    }
    cjkEnd = match.index + found.length;
  }
  return tokens;
}

/** Full-width ASCII to half width, half-width kana to full width, then lower case of each code point on its own. */
export function foldToken(text: string): string {
  const folded = foldWidth(text).replace(/[\uFF66-\uFF9D][\uFF9E\uFF9F]?|[\uFF9E\uFF9F]/g, foldKana);
  let lower = '';
  for (const character of folded) lower += character === '\u0130' ? 'i' : character.toLowerCase();
  return lower;
}

function foldKana(half: string): string {
  return half.normalize('NFKC');
}

function pushWord(tokens: TextToken[], word: string): void {
  for (let start = 0; start < word.length; start += maxTokenLength) {
    tokens.push({ text: word.slice(start, start + maxTokenLength), joined: false, cjk: false });
  }
}
