/** The shop's own zone; it has no summer time, so that a day is 24 hours. */
export const storyZone = 'Asia/Tokyo';
const offsetMs = 9 * 3_600_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** The start of the day, in the shop's zone, that a moment belongs to. */
export function dayStart(ms: number): number {
  return Math.floor((ms + offsetMs) / dayMs) * dayMs - offsetMs;
}

/** `2026-11-29` in the shop's zone. */
export function dayNameOf(ms: number): string {
  return new Date(ms + offsetMs).toISOString().slice(0, 10);
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(ms: number): number {
  return new Date(ms + offsetMs).getUTCDay();
}

export function isWeekend(ms: number): boolean {
  return weekdayOf(ms) % 6 === 0;
}

/** A moment as the software of the shop writes it, each in its own form. */
export interface WrittenTime {
  /** `Nov 22 10:02:11`. */
  readonly rfc3164: string;
  /** `22 Nov 10:02:11`, as ntpd's own file has it. */
  readonly ntpd: string;
  /** `22/Nov/2026:10:02:11 +0900`. */
  readonly apache: string;
  /** `2026-11-22 10:02:11.345 JST`. */
  readonly postgres: string;
  /** `2026/11/22 10:02:11`. */
  readonly entry: string;
  /** `2026-11-22` and `10:02:11`. */
  readonly date: string;
  readonly clock: string;
  /** `Sun`. */
  readonly weekday: string;
  readonly utc: string;
  /** `1795310531.345`, of the audit daemon. */
  readonly audit: string;
}

export function writtenTime(ms: number): WrittenTime {
  const local = new Date(ms + offsetMs).toISOString();
  const date = local.slice(0, 10);
  const clock = local.slice(11, 19);
  const month = months[Number(date.slice(5, 7)) - 1] ?? '';
  const day = String(Number(date.slice(8))).padStart(2, ' ');
  const millis = local.slice(20, 23);
  return {
    rfc3164: `${month} ${day} ${clock}`,
    ntpd: `${day} ${month} ${clock}`,
    apache: `${date.slice(8)}/${month}/${date.slice(0, 4)}:${clock} +0900`,
    postgres: `${date} ${clock}.${millis} JST`,
    entry: `${date.replaceAll('-', '/')} ${clock}`,
    date,
    clock,
    weekday: weekdays[weekdayOf(ms)] ?? '',
    utc: new Date(ms).toISOString(),
    audit: (ms / 1000).toFixed(3),
  };
}
