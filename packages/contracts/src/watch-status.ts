import { watchStates } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, logName, moment } from './values.ts';

const state = z.enum(watchStates).meta({
  description: '`ok` only because something was seen within its time; `unknown` when nothing was',
});

/** Everything that is watched, in the order of the page. Those of the installation come behind the organisation's own. */
export const watchedThings = [
  'streams',
  'parsing',
  'clocks',
  'card-data',
  'sealing',
  'verification',
  'duties',
  'reviews',
  'notifications',
  'index',
  'archive',
  'archive-copy',
  'queue',
  'mail',
  'disks',
] as const;

const watchedThing = z
  .object({
    id: z.enum(watchedThings),
    state,
    lastGoodAt: moment.nullable().meta({ description: 'When it was last seen to work' }),
    withinSeconds: count.meta({ description: 'For how long what was seen says something' }),
    incidents: count.meta({ description: 'Incidents of it whose cause goes on' }),
    evidence: z.record(z.string(), z.number()).meta({ description: 'Figures of what was seen' }),
  })
  .meta({ id: 'WatchedThing' });

const silenceKinds = ['minutes', 'retired'] as const;

const silenceLimit = z
  .object({
    logGroup: z.string(),
    logStream: z.string().nullable().meta({ description: 'Null: of all streams of the group' }),
    kind: z.enum(silenceKinds).meta({ description: '`retired`: ended on purpose; watched again when it goes on' }),
    minutes: count.nullable(),
    reason: z.string(),
    setBy: z.string(),
    setAt: moment,
  })
  .meta({ id: 'SilenceLimit' });

const watchedStream = z
  .object({
    logGroup: z.string(),
    logStream: z.string(),
    state,
    basis: z.enum(['hours', 'always', 'days', 'none', 'minutes', 'retired']).meta({
      description: 'What it is expected by: its rhythm, or what somebody set; `none`: not enough is known yet',
    }),
    lastReceivedAt: moment.nullable(),
    silentAt: moment.nullable().meta({ description: 'When it is silent if nothing comes; null: nothing is expected' }),
  })
  .meta({ id: 'WatchedStream' });

export const watchStatusAnswer = z
  .object({
    at: moment,
    items: z.array(watchedThing),
    streams: z.array(watchedStream).meta({ description: 'Of the caller’s scope; silent ones first, at most 1,000' }),
    limits: z.array(silenceLimit),
  })
  .meta({ id: 'WatchStatus' });

export type WatchStatusAnswer = z.infer<typeof watchStatusAnswer>;

const reason = cardData('masked', z.string().trim().min(1).max(1_000));
const place = { logGroup: logName, logStream: logName.optional() };

/** A limit takes the place of what was learned, and of the limit before. */
export const silenceLimitRequest = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...place, kind: z.literal('minutes'), minutes: z.number().int().min(10).max(43_200), reason }),
    z.strictObject({ ...place, kind: z.literal('retired'), reason }),
  ])
  .meta({ id: 'SilenceLimitRequest' });

export type SilenceLimitRequest = z.infer<typeof silenceLimitRequest>;

export const silenceLimitPlace = z.strictObject(place).meta({ id: 'SilenceLimitPlace' });

export type SilenceLimitPlace = z.infer<typeof silenceLimitPlace>;
