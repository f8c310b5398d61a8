/** A time as a line writes it, before its zone and, where it has none, its year are known. */
export interface WallTime {
  /** 0: the line has no year. */
  year: number;
  /** 1 to 12. */
  month: number;
  day: number;
  /** 0 to 86400; a leap second counts as the next second. */
  secondOfDay: number;
  micros: number;
  /** Minutes east of UTC; undefined: the line has no zone. */
  offsetMinutes: number | undefined;
  /** The line names a zone, in a word that does not say which one. */
  hasUnknownZone: boolean;
  /** Where the time's text ends. */
  end: number;
}

const daysInMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Whether the calendar has the day; without a year (0) the 29th of February counts as one. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const most = daysInMonth[month - 1];
  if (most === undefined || day < 1 || day > most) return false;
  return month !== 2 || day < 29 || year === 0 || isLeapYear(year);
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}
