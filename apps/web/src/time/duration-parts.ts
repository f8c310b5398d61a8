export interface DurationParts {
  days: number;
  hours: number;
  minutes: number;
}

/** A length of time in its two largest units, rounded to whole minutes: 711 minutes are 11 hours and 51 minutes. */
export function durationParts(milliseconds: number): DurationParts {
  const allMinutes = Math.max(0, Math.round(milliseconds / 60_000));
  const days = Math.floor(allMinutes / 1440);
  const hours = Math.floor((allMinutes % 1440) / 60);
  return { days, hours, minutes: days > 0 ? 0 : allMinutes % 60 };
}
