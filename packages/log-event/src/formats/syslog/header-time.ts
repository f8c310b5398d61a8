import { isDigitAt, readBsdTime, readIsoTime, readYearFirstTime } from '../../time/read-time.ts';
import type { WallTime } from '../../time/wall-time.ts';

/** The time that a BSD syslog header has at `at`, in the forms that are really sent. */
export function readHeaderTime(text: string, at: number): WallTime | undefined {
  const wall = isDigitAt(text, at) ? (readIsoTime(text, at) ?? readYearFirstTime(text, at)) : readBsdTime(text, at);
  return wall !== undefined && endsTime(text, wall.end) ? wall : undefined;
}

export function endsTime(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 32 || code === 58 || Number.isNaN(code);
}

/** Cisco marks a clock that is not (`*`) or no longer (`.`) synchronised. */
export function skipClockMark(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code === 46 || code === 42 ? at + 1 : at;
}

export function skipBlanks(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at++;
  return at;
}
