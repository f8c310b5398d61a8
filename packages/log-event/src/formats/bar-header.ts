/** The header of CEF and LEEF: `CEF:0|vendor|product|…`, values between bars, `\|` and `\\` for themselves. */

const starts = /(?:CEF: ?\d{1,2}|LEEF: ?\d(?:\.\d)?)\|/y;

/** Whether such a header begins at `at`, so that `CEF:` is no tag of syslog and no host. */
export function startsBarHeader(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== 67 && code !== 76) return false;
  starts.lastIndex = at;
  return starts.test(text);
}

interface BarHeader {
  /** Behind `CEF:` and the like: the version first. */
  values: string[];
  /** Where the text behind the last of the bars starts, or the end when that bar is left out. */
  next: number;
}

/** The first `count` values from `start`; undefined when there are fewer. The last may end with the text. */
export function readBarHeader(
  text: string,
  start: number,
  { end, count }: { end: number; count: number },
): BarHeader | undefined {
  const values: string[] = [];
  let from = start;
  let escaped = false;
  for (let at = start; at <= end; at++) {
    const code = at === end ? 124 : text.charCodeAt(at);
    if (code === 92 && at + 1 < end) {
      escaped = true;
      at++;
    } else if (code === 124) {
      const value = text.slice(from, at).trim();
      values.push(escaped ? value.replace(/\\([\\|])/g, '$1') : value);
      if (values.length === count) return { values, next: Math.min(at + 1, end) };
      from = at + 1;
      escaped = false;
    }
  }
  return undefined;
}
