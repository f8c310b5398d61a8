/** When people work, by the clocks of the organisation's zone. */
export interface WorkingHours {
  /** Of the week: 1 Monday to 7 Sunday (ISO 8601). */
  readonly days: readonly number[];
  /** Minutes after midnight, `until` not included; `until` before `from` ends on the next day. */
  readonly fromMinute: number;
  readonly untilMinute: number;
}

export const usualHours: WorkingHours = { days: [1, 2, 3, 4, 5], fromMinute: 8 * 60, untilMinute: 20 * 60 };
