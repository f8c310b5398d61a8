const hourMs = 3_600_000;
const dayNames = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
/** More than the hours that a rhythm is learned of and looked ahead in. */
const mostKept = 4_000;

/** The hours of a week: 0 is Monday from midnight to one, 167 Sunday's last. */
export const slotsOfWeek = 168;

/** Which hour of the local week an hour since 1970 belongs to; of zones that are off by a part of an hour, where it begins. */
export type WeekSlots = (hour: number) => number;

const known = new Map<string, WeekSlots>();

/** The week of an IANA zone; a zone that the platform does not know is UTC. Answers are kept, as many streams ask the same. */
export function weekSlots(timeZone: string): WeekSlots {
  const before = known.get(timeZone);
  if (before !== undefined) return before;
  const format = formatOf(timeZone);
  const kept = new Map<number, number>();
  const slots: WeekSlots = (hour) => {
    const found = kept.get(hour);
    if (found !== undefined) return found;
    if (kept.size >= mostKept) kept.clear();
    const parts = format.formatToParts(hour * hourMs);
    const day = dayNames.indexOf(parts.find(({ type }) => type === 'weekday')?.value ?? '');
    const slot = day * 24 + Number(parts.find(({ type }) => type === 'hour')?.value ?? 0);
    kept.set(hour, slot);
    return slot;
  };
  known.set(timeZone, slots);
  return slots;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const shown = { weekday: 'short', hour: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...shown, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...shown, timeZone: 'UTC' });
  }
}
