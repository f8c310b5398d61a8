import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { z } from 'zod';
import { createClock, openSteppedClock, type Clock } from './clock.ts';
import { StartupError } from './startup-error.ts';

/** The environment is not what the program needs; the message names every variable and what it should be. */
export class EnvironmentError extends Error {
  constructor(problems: readonly string[]) {
    super(`The environment is not complete:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

/**
 * Reads the named variables once. An empty variable counts as not set. Throws an EnvironmentError that names each
 * wrong variable and what is expected, never its value: it may be a secret.
 */
export function readEnv<Shape extends z.ZodRawShape>(
  shape: Shape,
  source: Readonly<Record<string, string | undefined>> = process.env,
): z.output<z.ZodObject<Shape>> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(shape)) {
    const value = source[name];
    if (value !== undefined && value !== '') given[name] = value;
  }
  const result = z.object(shape).safeParse(given);
  if (result.success) return result.data;
  throw new EnvironmentError(
    result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const expected = shape[name] instanceof z.ZodType ? shape[name].meta()?.description : undefined;
      return `${name}: ${name in given ? 'is not' : 'is not set; expected'} ${expected ?? issue.message}`;
    }),
  );
}

const url = (protocols: RegExp, expected: string): z.ZodType<string> =>
  z
    .string()
    .refine((value) => URL.canParse(value) && protocols.test(new URL(value).protocol))
    .meta({ description: expected });

/** A whole number from `min` to `max`. */
export const numberVariable = (range: { min: number; max: number; otherwise: number }): z.ZodType<number> =>
  z.coerce
    .number()
    .int()
    .min(range.min)
    .max(range.max)
    .default(range.otherwise)
    .meta({ description: `a whole number from ${range.min} to ${range.max}` });

/** Texts with commas between, such as networks; each must be what `isOne` says. */
export const listVariable = (isOne: (text: string) => boolean, expected: string): z.ZodType<string[]> =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    )
    .refine((all) => all.every(isOne))
    .meta({ description: expected });

/** Where people find the web app, without a slash at the end. */
export function webUrlOf(read: { AKASHI_WEB_URL?: string | undefined; PORT_BASE: number }): string {
  return (read.AKASHI_WEB_URL ?? `http://localhost:${read.PORT_BASE}`).replace(/\/$/, '');
}

/** 31 years: what PostgreSQL's `akashi_now()` and every date of the product stand. */
const farthestOffsetSeconds = 1_000_000_000;

/** The process's clock. It is moved for drills alone: by mistake it would date evidence wrongly. */
export function clockOf(read: {
  AKASHI_CLOCK_OFFSET_S?: number | undefined;
  AKASHI_CLOCK_FILE?: string | undefined;
  AKASHI_DRILL?: string | undefined;
}): Clock {
  if (read.AKASHI_CLOCK_FILE !== undefined) {
    if (read.AKASHI_DRILL === '1') return openSteppedClock(read.AKASHI_CLOCK_FILE);
    throw new StartupError(
      'AKASHI_CLOCK_FILE steps the clock, which is for making a demonstration only: set AKASHI_DRILL=1 as well, or unset it.',
    );
  }
  const offsetSeconds = read.AKASHI_CLOCK_OFFSET_S ?? 0;
  if (offsetSeconds !== 0 && read.AKASHI_DRILL !== '1') {
    throw new StartupError(
      'AKASHI_CLOCK_OFFSET_S moves the clock, which is for drills only: set AKASHI_DRILL=1 as well, or unset it.',
    );
  }
  return createClock(offsetSeconds);
}

/** A host's name as the name of a node; of what a node's name cannot have, hyphens. */
function nodeOfHost(host: string): string {
  const name = host.replace(/[^A-Za-z0-9._-]/g, '-').slice(0, 63);
  return /^[A-Za-z0-9]/.test(name) ? name : `node${name}`.slice(0, 63);
}

/** The variables that mean the same in every app; each app takes those it needs. */
export const variables = {
  PORT_BASE: numberVariable({ min: 1, max: 65_400, otherwise: 3000 }),
  BIND_ADDRESS: z.string().default('127.0.0.1').meta({ description: 'an address to listen on' }),
  AKASHI_HOME: z
    .string()
    .default('.akashi')
    .transform((path) => resolve(path))
    .meta({ description: 'a folder for everything written at run time' }),
  DATABASE_URL: url(/^postgres(ql)?:$/, 'a PostgreSQL URL such as postgresql://user:password@host:5432/akashi'),
  REDIS_URL: url(/^rediss?:$/, 'a Redis URL such as redis://host:6379').optional(),
  OPENSEARCH_URL: url(/^https?:$/, 'an OpenSearch URL such as http://host:9200'),
  AKASHI_LARGE_TENANTS: listVariable(
    (id) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id),
    'ids of organisations with commas between: their events get data streams of their own',
  ),
  ARCHIVE_URL: url(/^(file|s3):$/, 'file:///folder or s3://bucket/prefix?endpoint=…&region=…').optional(),
  AKASHI_NODE: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/)
    .default(() => nodeOfHost(hostname()))
    .meta({ description: 'a name of letters, digits, dots, hyphens and underscores' }),
  SMTP_URL: url(/^smtps?:$/, 'an SMTP URL such as smtp://user:password@host:587').optional(),
  MAIL_FROM: z
    .string()
    .min(3)
    .default('Akashi <akashi@localhost>')
    .meta({ description: 'a sender such as Akashi <akashi@example.jp>' }),
  AKASHI_WEB_URL: url(/^https?:$/, 'the address of the web app, such as https://logs.example.jp').optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'one of fatal, error, warn, info, debug, trace, silent' }),
  AKASHI_CLOCK_OFFSET_S: z
    .string()
    .regex(/^-?\d{1,10}$/)
    .transform(Number)
    .refine((seconds) => Math.abs(seconds) <= farthestOffsetSeconds)
    .optional()
    .meta({ description: `a whole number of seconds from -${farthestOffsetSeconds} to ${farthestOffsetSeconds}` }),
  AKASHI_CLOCK_FILE: z
    .string()
    .transform((path) => resolve(path))
    .optional()
    .meta({ description: 'a file with a whole number of seconds' }),
  AKASHI_DRILL: z.string().optional().meta({ description: '1 where drills are run' }),
  AKASHI_CRASHPOINT: z
    .string()
    .regex(/^[a-z0-9-]+(:[1-9][0-9]*)?$/)
    .optional()
    .meta({ description: 'the name of a crash point, and after a colon at which hit to crash' }),
} as const;
