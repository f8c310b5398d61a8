import { plantedGroup } from './planted-log.ts';

/** Seconds are short, so that the minutes of a drill hold many windows. */
export const figures = {
  threshold: { count: 3, windowMs: 6_000 },
  distinct: { count: 3, windowMs: 8_000 },
  sequence: { withinMs: 5_000 },
  absence: { withinMs: 6_000 },
} as const;

const day = 86_400;
const where = (word: string): string => `log.group:"${plantedGroup}" ${word}`;
const head = { requirements: [], severity: 'low', key: ['log.stream'], quietSeconds: day } as const;

const sigma = `title: W1 sigma
logsource:
  product: nodejs
  category: application
detection:
  keywords:
    - alfa
  condition: keywords
level: low
`;

/** A day of the week that it is nowhere near now: every event is outside. */
function dayElsewhere(): number {
  return ((new Date().getUTCDay() + 3) % 7) + 1;
}

/** One rule of each kind, and the threshold of different values. */
export function plantedRules(): Readonly<Record<string, object | string>> {
  const named = (title: string): object => ({ ...head, title: `W1 ${title}` });
  const hours = { days: [dayElsewhere()], fromMinute: 0, untilMinute: 1 };
  const { threshold, distinct, sequence, absence } = figures;
  return {
    // Each moment of a stream is an alert, and an incident.
    match: { ...named('match'), kind: 'match', where: where('alfa'), quietSeconds: 0, opensIncident: true },
    outside: { ...named('outside'), kind: 'outside', where: where('alfa'), hours },
    sigma,
    'first-seen': {
      ...named('first-seen'),
      kind: 'first-seen',
      where: where('alfa'),
      fields: ['user.name'],
      learningDays: 0,
    },
    threshold: {
      ...named('threshold'),
      kind: 'threshold',
      where: where('bravo'),
      count: threshold.count,
      windowSeconds: threshold.windowMs / 1_000,
    },
    distinct: {
      ...named('distinct'),
      kind: 'threshold',
      where: where('golf'),
      count: distinct.count,
      distinct: 'user.name',
      windowSeconds: distinct.windowMs / 1_000,
    },
    sequence: {
      ...named('sequence'),
      kind: 'sequence',
      steps: [{ where: where('charlie') }, { where: where('delta') }],
      withinSeconds: sequence.withinMs / 1_000,
    },
    absence: {
      ...named('absence'),
      kind: 'absence',
      after: where('echo'),
      expected: where('foxtrot'),
      withinSeconds: absence.withinMs / 1_000,
      quietSeconds: 0,
    },
  };
}
