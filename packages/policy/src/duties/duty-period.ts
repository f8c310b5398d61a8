import {
  dayName,
  dayOf,
  firstDayOfMonth,
  firstDayOfWeek,
  localDay,
  localInstant,
  minuteName,
  minuteOf,
  monthName,
  monthOf,
  monthOfDay,
  weekName,
  weekOf,
  weekOfDay,
} from './calendar.ts';

/** How often a duty is due. */
export type Cadence =
  /** In slots of UTC of so many minutes, counted from 1970. */
  | { readonly kind: 'every'; readonly minutes: number }
  /** Once in each day, week (from Monday) or month of the organisation's zone, from a time of its first day on. */
  | { readonly kind: 'calendar'; readonly unit: 'day' | 'week' | 'month'; readonly minuteOfDay: number }
  /** So many minutes after the moment that the run before it names. */
  | { readonly kind: 'follows'; readonly minutes: number };

/** One period of a duty: its name, unique for the duty and its organisation, and when its run is due. */
export interface DutyPeriod {
  readonly name: string;
  readonly dueAt: Date;
}

/** What moves a period's due time: the zone of the organisation, and its own share of the spread. */
export interface DutyPlace {
  readonly timeZone: string;
  readonly staggerMs: number;
}

const minuteMs = 60_000;

/** Numbers of the periods of a cadence: consecutive, so that the next period is the next number. */
interface Numbering {
  name(number: number): string;
  /** NaN for what is no period's name. */
  parse(name: string): number;
  startOf(number: number, timeZone: string): Date;
  /** A number near the period that holds the moment. */
  near(moment: Date, timeZone: string): number;
}

const units = {
  day: { name: dayName, parse: dayOf, firstDay: (day: number) => day, ofDay: (day: number) => day },
  week: { name: weekName, parse: weekOf, firstDay: firstDayOfWeek, ofDay: weekOfDay },
  month: { name: monthName, parse: monthOf, firstDay: firstDayOfMonth, ofDay: monthOfDay },
} as const;

function numberingOf(cadence: Cadence): Numbering {
  if (cadence.kind === 'calendar') {
    const unit = units[cadence.unit];
    return {
      name: unit.name,
      parse: unit.parse,
      startOf: (number, timeZone) => localInstant(unit.firstDay(number), cadence.minuteOfDay, timeZone),
      near: (moment, timeZone) => unit.ofDay(localDay(moment, timeZone)),
    };
  }
  const minutes = cadence.kind === 'every' ? cadence.minutes : 1;
  return {
    name: (number) => minuteName(number * minutes),
    // A name of other slots, from before the setting changed, counts as the slot that holds its minute.
    parse: (name) => Math.floor(minuteOf(name) / minutes),
    startOf: (number) => new Date(number * minutes * minuteMs),
    near: (moment) => Math.floor(moment.getTime() / minuteMs / minutes),
  };
}

function periodOf(numbering: Numbering, number: number, place: DutyPlace): DutyPeriod {
  const dueAt = new Date(numbering.startOf(number, place.timeZone).getTime() + place.staggerMs);
  return { name: numbering.name(number), dueAt };
}

/** The newest period that is due at a moment or was before. */
export function newestDue(cadence: Cadence, place: DutyPlace, moment: Date): DutyPeriod {
  const numbering = numberingOf(cadence);
  let number = numbering.near(moment, place.timeZone) + 1;
  let period = periodOf(numbering, number, place);
  while (period.dueAt.getTime() > moment.getTime()) {
    number -= 1;
    period = periodOf(numbering, number, place);
  }
  return period;
}

/** The period after a named one. Throws a RangeError for a name that no period of the cadence has. */
export function periodAfter(cadence: Cadence, place: DutyPlace, name: string): DutyPeriod {
  const numbering = numberingOf(cadence);
  const number = numbering.parse(name);
  if (Number.isNaN(number)) throw new RangeError('no period of this cadence has the name');
  return periodOf(numbering, number + 1, place);
}

/** The period of a name; null for a name that no period of the cadence has. */
export function periodNamed(cadence: Cadence, place: DutyPlace, name: string): DutyPeriod | null {
  const numbering = numberingOf(cadence);
  const number = numbering.parse(name);
  if (Number.isNaN(number) || numbering.name(number) !== name) return null;
  return periodOf(numbering, number, place);
}

/** For a duty that follows what its run before found: due `minutes` after that moment's minute, in a minute of its own. */
export function periodFollowing(minutes: number, moment: Date): DutyPeriod {
  const minute = Math.floor(moment.getTime() / minuteMs) + minutes;
  return { name: minuteName(minute), dueAt: new Date(minute * minuteMs) };
}

/** A text that changes whenever due times of a cadence do: pending runs are planned again when theirs is another. */
export function scheduleText(cadence: Cadence): string {
  switch (cadence.kind) {
    case 'every':
      return `every ${cadence.minutes} minutes`;
    case 'follows':
      return `${cadence.minutes} minutes after`;
    case 'calendar':
      return `each ${cadence.unit} at minute ${cadence.minuteOfDay}`;
  }
}
