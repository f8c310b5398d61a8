import {
  newestDue,
  periodAfter,
  periodFollowing,
  periodNamed,
  scheduleText,
  type Cadence,
  type DutyPeriod,
  type DutyPlace,
} from './duty-period.ts';
import { staggerMs } from './stagger.ts';

/** What is due for each organisation, by itself. */
export const organisationDuties = [
  'heartbeat',
  'verification',
  'checkpoint-sending',
  'dormant-accounts',
  'access-review-reminder',
  'expiry-notices',
  'daily-review',
  'time-report',
  'key-rotation',
  'restore-drill',
  'disposal',
  'crypto-shredding',
] as const;

/** What is due once for the whole installation. */
export const installationDuties = [
  'storage-watch',
  'index-keeping',
  'restore-expiry',
  'clean-up',
  'review-reminders',
  'archive-dates',
  'archive-copy',
] as const;

export type OrganisationDuty = (typeof organisationDuties)[number];
export type InstallationDuty = (typeof installationDuties)[number];
export type DutyName = OrganisationDuty | InstallationDuty;

/** What is done while a past is being made, in which days pass in moments: what each day leaves behind. */
export const dutiesOfPast: readonly DutyName[] = ['daily-review', 'review-reminders', 'time-report'];

export interface DutyDefinition {
  readonly cadence: Cadence;
  /** Over how many minutes the organisations' due times are spread. */
  readonly spreadMinutes: number;
  /**
   * After an outage: `newest` does the work of all missed periods by the newest one, as it looks at how things are now;
   * `every` does each missed period, oldest first, as its work belongs to that period.
   */
  readonly catchUp: 'newest' | 'every';
  /** A run that has not ended so long after it was due is late. */
  readonly lateAfterMinutes: number;
  /** `long` runs take minutes and have a line of their own, so that short ones never wait for them. */
  readonly length: 'short' | 'long';
  /** For how many days its ended runs are kept. */
  readonly keptDays: number;
  /** Which organisations it is for. A closed one keeps its evidence, and nobody in it is to be told or reminded. */
  readonly of: { readonly closed: boolean; readonly platform: boolean };
  /** A new organisation's first run: at once, or in the next period. */
  readonly first: 'at-once' | 'next-period';
}

export interface DutySettings {
  readonly verifyEveryMinutes: number;
}

const everybody = { closed: true, platform: true };
const living = { closed: false, platform: true };
const customers = { closed: false, platform: false };

/** A silent log gets a block at least this often; see `heartbeat`. */
const heartbeatAfterMinutes = 55;

const often = { spreadMinutes: 0, catchUp: 'newest', length: 'short', keptDays: 2, of: everybody } as const;
const daily = { spreadMinutes: 60, length: 'short', keptDays: 400, first: 'next-period' } as const;

/** Every duty, with the reason of its numbers. */
export function dutyDefinitions({ verifyEveryMinutes }: DutySettings): Readonly<Record<DutyName, DutyDefinition>> {
  return {
    // Fifty-five minutes after the minute of the newest block, so that a log never ends more than an hour ago. Each one is
    // three or four writes to the archive, for every organisation that is quiet.
    heartbeat: {
      ...often,
      cadence: { kind: 'follows', minutes: heartbeatAfterMinutes },
      lateAfterMinutes: 3,
      first: 'at-once',
    },
    // PCI DSS 10.3.4: proves the present state, so one run after an outage proves all that the missed ones would have.
    verification: {
      cadence: { kind: 'every', minutes: verifyEveryMinutes },
      spreadMinutes: verifyEveryMinutes,
      catchUp: 'newest',
      lateAfterMinutes: Math.max(60, verifyEveryMinutes),
      length: 'long',
      keptDays: 90,
      of: everybody,
      first: 'at-once',
    },
    // A day that is over has no checkpoint of its own any more: the newest says more than all before it.
    'checkpoint-sending': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 0 },
      catchUp: 'newest',
      lateAfterMinutes: 6 * 60,
      of: customers,
      first: 'at-once',
    },
    // PCI DSS 8.2.6: by how long nobody came, as it is now.
    'dormant-accounts': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 3 * 60 },
      catchUp: 'newest',
      lateAfterMinutes: 6 * 60,
      of: living,
    },
    // PCI DSS 7.2.4: once a week while a review should be going on.
    'access-review-reminder': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'week', minuteOfDay: 8 * 60 },
      catchUp: 'newest',
      lateAfterMinutes: 24 * 60,
      of: customers,
    },
    // Each day tells of what ends a fixed number of days after it: a missed day would leave somebody without notice.
    'expiry-notices': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 8 * 60 },
      catchUp: 'every',
      lateAfterMinutes: 24 * 60,
      of: customers,
    },
    // PCI DSS 10.4.1: each day has a review of its own, also one that an outage hid. Without it nobody knows what to look at.
    'daily-review': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 0 },
      spreadMinutes: 10,
      catchUp: 'every',
      lateAfterMinutes: 60,
      of: customers,
    },
    // PCI DSS 10.6: each day has a record of its clocks, also one that an outage hid. The run waits for the day's lines.
    'time-report': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 0 },
      spreadMinutes: 10,
      catchUp: 'every',
      lateAfterMinutes: 60,
      of: customers,
    },
    // PCI DSS 3.7.4: keys have a cryptoperiod. The key of what is not sealed yet changes daily, the others once a year.
    'key-rotation': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 2 * 60 },
      catchUp: 'newest',
      lateAfterMinutes: 24 * 60,
      of: living,
    },
    // PCI DSS 10.5.1: what is kept and not online can be restored. One sample a month, of the archive as it is now.
    'restore-drill': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'month', minuteOfDay: 4 * 60 },
      catchUp: 'newest',
      lateAfterMinutes: 24 * 60,
      length: 'long',
      of: living,
    },
    // PCI DSS 10.5.1: what was kept for as long as its policy says goes, and nothing sooner. The present state, once a day.
    disposal: {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 2 * 60 },
      catchUp: 'newest',
      length: 'long',
      lateAfterMinutes: 24 * 60,
      of: everybody,
    },
    // PCI DSS 3.7.5: keys that nothing needs any more are destroyed. Only a closed organisation has anything to do here.
    'crypto-shredding': {
      ...daily,
      cadence: { kind: 'calendar', unit: 'day', minuteOfDay: 5 * 60 },
      catchUp: 'newest',
      length: 'long',
      lateAfterMinutes: 24 * 60,
      of: everybody,
    },
    'storage-watch': {
      ...often,
      cadence: { kind: 'every', minutes: 5 },
      lateAfterMinutes: 15,
      first: 'at-once',
    },
    // PCI DSS 10.5.1: what is past its days online goes; what grows gets a new index.
    'index-keeping': {
      ...often,
      cadence: { kind: 'every', minutes: 60 },
      keptDays: 30,
      lateAfterMinutes: 6 * 60,
      first: 'at-once',
    },
    // What was restored goes when its time is up, also where a worker that was killed left it.
    'restore-expiry': {
      ...often,
      cadence: { kind: 'every', minutes: 60 },
      keptDays: 30,
      lateAfterMinutes: 6 * 60,
      first: 'at-once',
    },
    'clean-up': {
      ...often,
      cadence: { kind: 'every', minutes: 60 },
      keptDays: 30,
      lateAfterMinutes: 6 * 60,
      first: 'at-once',
    },
    // A raise of retention holds in the ledger at once; the archive's own dates follow. What waits is told by an index.
    'archive-dates': {
      ...often,
      cadence: { kind: 'every', minutes: 5 },
      length: 'long',
      lateAfterMinutes: 6 * 60,
      first: 'at-once',
    },
    // PCI DSS 10.3.3: the second archive follows the first within minutes. Logs that did not grow are not asked for.
    'archive-copy': {
      ...often,
      cadence: { kind: 'every', minutes: 5 },
      length: 'long',
      lateAfterMinutes: 6 * 60,
      first: 'at-once',
    },
    // PCI DSS 10.7.2: nobody is told late that a review is late. What is missed is found within as long.
    'review-reminders': {
      ...often,
      cadence: { kind: 'every', minutes: 5 },
      lateAfterMinutes: 15,
      first: 'at-once',
    },
  };
}

const unitDays = { day: 1, week: 7, month: 31 } as const;

/** No run waits for longer than until then: one that does was planned by a clock that was ahead, and is planned again. */
export function farthestDue({ cadence, spreadMinutes }: DutyDefinition, now: Date): Date {
  const minutes = cadence.kind === 'calendar' ? unitDays[cadence.unit] * 1440 : cadence.minutes;
  return new Date(now.getTime() + (2 * minutes + spreadMinutes + 60) * 60_000);
}

/** Whether a duty's due times depend on the organisation's zone. */
export function isLocal({ cadence }: DutyDefinition): boolean {
  return cadence.kind === 'calendar';
}

/** What a pending run was planned by: another text, and it is planned again. The zone is added where it counts. */
export function scheduleOf({ cadence }: DutyDefinition): string {
  return scheduleText(cadence);
}

/** Where one organisation's due times of a duty stand within the spread; `owner` is its id, or `installation`. */
export function dutyPlace(
  definition: DutyDefinition,
  at: { duty: string; owner: string; timeZone: string },
): DutyPlace {
  const spreadMs = definition.spreadMinutes * 60_000;
  return { timeZone: at.timeZone, staggerMs: staggerMs(`${at.duty} ${at.owner}`, spreadMs) };
}

/** The first period that an organisation gets: due now, or the next one that is to come. */
export function firstPeriod(definition: DutyDefinition, place: DutyPlace, now: Date): DutyPeriod {
  const { cadence, first } = definition;
  if (cadence.kind === 'follows') return periodFollowing(0, now);
  const newest = newestDue(cadence, place, now);
  return first === 'at-once' ? { name: newest.name, dueAt: now } : periodAfter(cadence, place, newest.name);
}

/**
 * What takes the place of a pending run whose schedule changed: the same day, week or month by the new zone's clocks, so that
 * none is left out; a first period where the cadence is another.
 */
export function replannedPeriod(
  definition: DutyDefinition,
  place: DutyPlace,
  pending: { period: string; now: Date },
): DutyPeriod {
  const same = isLocal(definition) ? periodNamed(definition.cadence, place, pending.period) : null;
  return same ?? firstPeriod(definition, place, pending.now);
}

/**
 * The period after one that ended. `after` is the moment that the run named as its end, for a duty that follows it: now at
 * the latest, as a clock that was set back may have named one to come. Never due less than a minute from now.
 */
export function nextPeriod(
  definition: DutyDefinition,
  place: DutyPlace,
  ended: { period: string; now: Date; after?: Date | undefined },
): DutyPeriod {
  const { cadence, catchUp } = definition;
  const { period, now, after = now } = ended;
  if (cadence.kind === 'follows') {
    const following = periodFollowing(cadence.minutes, after > now ? now : after);
    return following.dueAt > now ? following : periodFollowing(1, now);
  }
  const next = periodAfter(cadence, place, period);
  if (catchUp === 'every' || next.dueAt > now) return next;
  return newestDue(cadence, place, now);
}

/** The newer period that does a pending one's work as well; null while there is none, or where each is done. */
export function overtaking(
  definition: DutyDefinition,
  place: DutyPlace,
  pending: { period: string; now: Date },
): DutyPeriod | null {
  if (definition.catchUp === 'every' || definition.cadence.kind === 'follows') return null;
  const next = periodAfter(definition.cadence, place, pending.period);
  return next.dueAt > pending.now ? null : newestDue(definition.cadence, place, pending.now);
}
