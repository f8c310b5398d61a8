import type { Codes, DigitGroups } from './digit-groups.ts';
import { cardNumberFrom, isDigit } from './digit-groups.ts';

export interface TrackSpan {
  first: number;
  last: number;
  /** The first digit group that is part of it. */
  group: number;
}

/** ISO/IEC 7813: track 1 holds at most 79 characters, track 2 at most 40; some are added for escapes left as text. */
const longestTrack = 96;

/**
 * Track data (ISO/IEC 7813) at the end of the digit groups: `%B…^name^…?`, `;…=…?`, and track 2 as ISO 8583 field 35
 * writes it, with `D` or `=` and without sentinels. With a sentinel or the carets, Luhn is not asked for.
 */
export function trackAround(codes: Codes, groups: DigitGroups, length: number): TrackSpan | null {
  const { end } = groups;
  const group = groups.count - 1;
  const start = groups.start[group] ?? 0;
  const digits = end - start;
  if (codes[end] === 0x5e) {
    const all = groups.start[0] ?? 0;
    if (end - all >= 12 && end - all <= 24) return trackOne(codes, { start: all, end, length, group: 0 });
    return digits >= 12 && digits <= 24 ? trackOne(codes, { start, end, length, group }) : null;
  }
  if (digits < 12 || digits > 19) return null;
  const separator = codes[end];
  if (separator !== 0x3d && separator !== 0x44 && separator !== 0x64) return null;
  let last = end + 1;
  while (last < length && isDigit(codes[last]) && last - end < longestTrack) last++;
  if (last - end - 1 < 7) return null;
  const sentinel = codes[start - 1] === 0x3b;
  if (!sentinel && cardNumberFrom(codes, groups, group) < 0) return null;
  while (codes[last] === 0x46 || codes[last] === 0x66) last++;
  if (codes[last] === 0x3f) last++;
  return { first: sentinel ? start - 1 : start, last: last - 1, group };
}

function trackOne(
  codes: Codes,
  place: { start: number; end: number; length: number; group: number },
): TrackSpan | null {
  const { start, end, length, group } = place;
  const stop = Math.min(length, end + longestTrack);
  let second = end + 1;
  while (second < stop && codes[second] !== 0x5e && isTrackCode(codes[second] ?? 0)) second++;
  if (codes[second] !== 0x5e || second === stop) return null;
  let last = second + 1;
  while (last < stop && codes[last] !== 0x3f && codes[last] !== 0x20 && isTrackCode(codes[last] ?? 0)) last++;
  if (codes[last] === 0x3f) last++;
  let first = start;
  if ((codes[first - 1] ?? 0) === 0x42 || codes[first - 1] === 0x62) first--;
  if (codes[first - 1] === 0x25) first--;
  return { first, last: last - 1, group };
}

/** Anything but what could end the string that holds the track. */
function isTrackCode(code: number): boolean {
  return code >= 0x20 && code !== 0x22 && code !== 0x5c && code !== 0x3c && code !== 0x3e && code !== 0x60;
}
