import { z } from 'zod';

const farthestOffsetSeconds = 1_000_000_000;

const schema = z.object({
  API_URL: z.url('API_URL must be the address of the API.').default('http://127.0.0.1:3001'),
  AKASHI_WEB_URL: z.url('AKASHI_WEB_URL must be the address of the pages.').optional(),
  AKASHI_CLOCK_OFFSET_S: z
    .string()
    .regex(/^-?\d{1,10}$/, 'AKASHI_CLOCK_OFFSET_S must be a whole number of seconds.')
    .transform(Number)
    .refine((seconds) => Math.abs(seconds) <= farthestOffsetSeconds, 'AKASHI_CLOCK_OFFSET_S is too far away.')
    .default(0),
  AKASHI_DRILL: z.string().optional(),
});

export interface WebEnv {
  readonly apiUrl: string;
  /** Whether people come over HTTPS, as the public address says. */
  readonly overHttps: boolean;
  /** By how much the installation's clock is moved for a drill. */
  readonly clockOffsetSeconds: number;
  /** Milliseconds since 1970 by that clock. */
  readonly now: () => number;
}

/** Read at each start of the server, not at build time, so that one build serves every installation. */
export function readEnv(): WebEnv {
  const read = schema.safeParse({
    API_URL: process.env['API_URL'],
    AKASHI_WEB_URL: process.env['AKASHI_WEB_URL'] || undefined,
    AKASHI_CLOCK_OFFSET_S: process.env['AKASHI_CLOCK_OFFSET_S'] || undefined,
    AKASHI_DRILL: process.env['AKASHI_DRILL'],
  });
  if (!read.success) throw new Error(read.error.issues.map(({ message }) => message).join(' '));
  const { API_URL, AKASHI_WEB_URL, AKASHI_CLOCK_OFFSET_S, AKASHI_DRILL } = read.data;
  if (AKASHI_CLOCK_OFFSET_S !== 0 && AKASHI_DRILL !== '1') {
    throw new Error(
      'AKASHI_CLOCK_OFFSET_S moves the clock, which is for drills only: set AKASHI_DRILL=1 as well, or unset it.',
    );
  }
  return {
    apiUrl: API_URL.replace(/\/$/, ''),
    overHttps: AKASHI_WEB_URL?.startsWith('https://') === true,
    clockOffsetSeconds: AKASHI_CLOCK_OFFSET_S,
    now: () => Date.now() + AKASHI_CLOCK_OFFSET_S * 1000,
  };
}
