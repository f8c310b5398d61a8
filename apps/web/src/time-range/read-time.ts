/** A time of day as written. */
export interface ReadTime {
  hour: number;
  minute: number;
  second: number;
  half: 'am' | 'pm' | null;
  /** Milliseconds that it names when it stands alone: `10` an hour, `10:00` a minute, `10:00:00` a second. */
  width: number;
  /** What is left of the text. */
  rest: string;
}

const forms = [
  /^(?<half>午前|午後|am |pm )? ?(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?(?!\d)(?: ?(?<after>am|pm)\b)?/,
  /^(?<half>午前|午後)? ?(?<hour>\d{1,2})時(?!間)(?:(?<minute>\d{1,2})分(?:(?<second>\d{1,2})秒)?|(?<half30>半))?/,
  /^(?<half>午前|午後|am |pm )? ?(?<hour>\d{1,2})(?![\d/月日年])(?: ?(?<after>am|pm)\b)?/,
  /^(?<named>正午|noon|midnight)/,
];

/** Every time of day that a text may begin with; 24:00 is the end of the day. */
export function readTimes(text: string): ReadTime[] {
  return forms.flatMap((form) => {
    const match = form.exec(text);
    const time = match === null ? null : readTime(match.groups ?? {});
    return match === null || time === null ? [] : [{ ...time, rest: text.slice(match[0].length).trimStart() }];
  });
}

function readTime(groups: Record<string, string | undefined>): Omit<ReadTime, 'rest'> | null {
  if (groups['named'] !== undefined) {
    return { hour: groups['named'] === 'midnight' ? 0 : 12, minute: 0, second: 0, half: 'pm', width: 60_000 };
  }
  const half = halfOf(groups['half'] ?? groups['after']);
  const written = Number(groups['hour']);
  const minute = groups['half30'] === undefined ? Number(groups['minute'] ?? 0) : 30;
  const second = Number(groups['second'] ?? 0);
  if (written > (half === null ? 24 : 12) || minute > 59 || second > 59) return null;
  const hour = half === null ? written : (written % 12) + (half === 'pm' ? 12 : 0);
  if (hour === 24 && minute + second > 0) return null;
  const isMinute = groups['minute'] !== undefined || groups['half30'] !== undefined;
  const width = groups['second'] !== undefined ? 1000 : isMinute ? 60_000 : 3_600_000;
  return { hour, minute, second, half, width };
}

function halfOf(text: string | undefined): 'am' | 'pm' | null {
  if (text === undefined) return null;
  return text.startsWith('p') || text === '午後' ? 'pm' : 'am';
}
