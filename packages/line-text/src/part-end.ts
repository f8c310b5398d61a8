/** How far back from the limit a good place for the cut is looked for. */
const lookBackBytes = 4096;
/** Digits that are so far apart belong to no number, whatever stands between. */
const firmGap = 32;
/** A longer word at the cut may be a piece of a base64 token. */
const longestWord = 7;
/** What has to be there behind the limit, so that the cut does not depend on how the line arrived. */
export const lookAheadBytes = firmGap;

/**
 * Where the first part of an over-long line ends: at most `maxBytes` on, between words and apart from digits if there is
 * such a place within the last 4 KiB, so that no number and no token is parted; else at the place that is farthest from
 * digits, and never within a UTF-8 sequence, so that each part is text for itself. It depends on the part's bytes and on
 * `lookAheadBytes` behind them alone.
 */
export function partEnd(source: Uint8Array, line: { start: number; end: number; maxBytes: number }): number {
  const limit = line.start + line.maxBytes;
  if (limit >= line.end) return line.end;
  const behind = Math.min(line.end, limit + lookAheadBytes);
  const first = limit - Math.min(lookBackBytes, line.maxBytes >> 1);
  const gapBefore = gapsBefore(source, line.start, { first, limit });
  let best = limit;
  let bestWorth = -1;
  let gap = behind === line.end ? firmGap : 0;
  let word = 0;
  // From behind, so that at each place what follows is known.
  for (let at = behind; at >= first && bestWorth < firmGap; at -= 1) {
    if (at <= limit && !isContinuationByte(source[at])) {
      const isWord = word > longestWord || wordBefore(source, line.start, at) > longestWord;
      const worth = Math.min(isWord ? 0 : firmGap, gap, gapBefore[at - first] ?? 0);
      if (worth > bestWorth) [best, bestWorth] = [at, worth];
    }
    const byte = source[at - 1] ?? 0;
    gap = mayBeDigit(byte) ? 0 : gap + 1;
    word = isTokenByte(byte) ? word + 1 : 0;
  }
  return best;
}

/** For every place from `first` to `limit`, how many bytes before it hold no digit, at most `firmGap`. */
function gapsBefore(source: Uint8Array, start: number, { first, limit }: { first: number; limit: number }): Uint8Array {
  const gaps = new Uint8Array(limit - first + 1);
  let gap = 0;
  for (let at = Math.max(start, first - firmGap); at <= limit; at += 1) {
    if (at >= first) gaps[at - first] = gap;
    gap = mayBeDigit(source[at] ?? 0) ? 0 : Math.min(firmGap, gap + 1);
  }
  return gaps;
}

function wordBefore(source: Uint8Array, start: number, at: number): number {
  let length = 0;
  while (length <= longestWord && at - length > start && isTokenByte(source[at - length - 1] ?? 0)) length += 1;
  return length;
}

/** ASCII digits, and the first bytes of UTF-8 that full-width and other decimal digits are written with. */
function mayBeDigit(byte: number): boolean {
  if (byte < 0x80) return byte >= 0x30 && byte <= 0x39;
  return digitLeads.has(byte);
}

const digitLeads = new Set([0xd9, 0xdb, 0xdf, 0xe0, 0xe1, 0xea, 0xef, 0xf0]);

/** The characters of base64 and base64url. */
function isTokenByte(byte: number): boolean {
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) return true;
  return (byte >= 0x2f && byte <= 0x39) || byte === 0x2b || byte === 0x2d || byte === 0x5f;
}

function isContinuationByte(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
