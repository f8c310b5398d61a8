import { cardNumberFrom, collectDigitGroups, createDigitGroups, isDigit, leaveOutWords } from './digit-groups.ts';

export interface CardNumberPlace {
  /** UTF-16 positions in the text. */
  start: number;
  end: number;
  digits: string;
  /** How masked records hold this number: written in one piece, and as it is printed where that is customary. */
  masked: readonly string[];
}

/** Printed groups by number of digits. */
const printed: Record<number, readonly number[]> = { 14: [4, 6, 4], 15: [4, 6, 5], 16: [4, 4, 4, 4] };

/**
 * The card numbers that a person typed: issuer range with its length and Luhn, by the rules of the masker, in ASCII or
 * full-width digits. For text before it is used anywhere; it sees neither escapes nor keys. Without Node, for browsers.
 */
export function cardNumbersIn(text: string): CardNumberPlace[] {
  const codes = Uint16Array.from(text, (_, at) => fold(text.charCodeAt(at)));
  const groups = createDigitGroups(16);
  const places: CardNumberPlace[] = [];
  for (let at = 0; at < codes.length; at++) {
    if (!isDigit(codes[at])) continue;
    collectDigitGroups(codes, at, { groups, length: codes.length });
    const next = groups.end;
    leaveOutWords(codes, groups);
    for (let first = groups.first; first < groups.count; first++) {
      const last = cardNumberFrom(codes, groups, first);
      if (last < 0) continue;
      const start = groups.start[first] ?? 0;
      const end = (groups.start[last] ?? 0) + (groups.length[last] ?? 0);
      const digits = String.fromCharCode(...codes.subarray(start, end).filter(isDigit));
      places.push({ start, end, digits, masked: maskedForms(digits) });
      first = last;
    }
    at = next;
  }
  return places;
}

function maskedForms(digits: string): string[] {
  const masked = digits.slice(0, 6) + '*'.repeat(digits.length - 10) + digits.slice(-4);
  let at = 0;
  const groups = (printed[digits.length] ?? []).map((length) => masked.slice(at, (at += length)));
  return groups.length === 0 ? [masked] : [masked, groups.join(' ')];
}

/** Full-width digits, and the spaces and dashes that input methods write, as what they stand for. */
function fold(code: number): number {
  if (code >= 0xff10 && code <= 0xff19) return code - 0xfee0;
  if (code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)) return 0x20;
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212 || code === 0xff0d || code === 0x30fc) return 0x2d;
  return code;
}
