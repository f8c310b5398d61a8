import type { DecodedRecord } from './decoded-record.ts';
import { isDigit } from './digit-groups.ts';

/** The end of a number that is truncated already, at most first six and last four: it stays as it came. */
export function truncatedEnd(decoded: DecodedRecord, at: number): number {
  const { codes, length } = decoded;
  let head = 0;
  let stars = 0;
  let tail = 0;
  let next = at;
  let end = at;
  while (next < length && next - at < 48) {
    const code = codes[next];
    if (isDigit(code)) {
      if (stars === 0) head++;
      else tail++;
      end = next + 1;
    } else if (isMaskCode(code)) {
      if (tail > 0) break;
      stars++;
      end = next + 1;
    } else if (!isSeparatorCode(code)) break;
    else if (tail >= 4) break;
    next++;
  }
  return stars >= 3 && head <= 6 && tail <= 4 ? end : at;
}

/** What senders truncate with: `*`, `x`, `X`, `#`, `•`, `●`. */
function isMaskCode(code: number | undefined): boolean {
  return code === 0x2a || code === 0x78 || code === 0x58 || code === 0x23 || code === 0x2022 || code === 0x25cf;
}

/** What stands between the digits of a number that was masked: no letter, quote or bracket. */
const betweenMasked = new Set(Array.from(" -.,_/:|+;'\u2019\u30fc", (character) => character.charCodeAt(0)));

function isSeparatorCode(code: number | undefined): boolean {
  return code !== undefined && betweenMasked.has(code);
}
