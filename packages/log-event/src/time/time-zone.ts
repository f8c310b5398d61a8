/**
 * Spellings that were asked for, with the runtime's own name of the zone; null where it knows none. Names come from outside, in
 * any case of letters: what is kept of them is short, and goes when there are too many.
 */
const spellings = new Map<string, string | null>();
const keptSpellings = 2_048;
const longestName = 64;

/**
 * The name of an IANA zone or fixed offset (`+09:00`) as the runtime has it: one for all spellings of it, so that whatever is
 * kept by it is bounded by the zones that there are. Undefined when the runtime knows no such zone.
 */
export function timeZoneName(spelling: string): string | undefined {
  if (spelling.length > longestName) return undefined;
  let name = spellings.get(spelling);
  if (name === undefined) {
    name = ask(spelling);
    if (spellings.size >= keptSpellings) spellings.clear();
    spellings.set(spelling, name);
  }
  return name ?? undefined;
}

function ask(spelling: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: spelling }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
