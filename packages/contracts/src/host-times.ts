import { timeProblems } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, moment } from './values.ts';

export const clockStates = ['synchronized', 'unsynchronized', 'stopped', 'stepped', 'unknown'] as const;

export const stepDoers = ['person', 'service', 'unknown'] as const;

const limits = z
  .strictObject({
    offsetMs: z.number().int().min(1).max(3_600_000).meta({ description: 'How far a clock may be off' }),
    unsynchronizedMinutes: z
      .number()
      .int()
      .min(1)
      .max(10_080)
      .meta({ description: 'How long a host may be without synchronisation' }),
    stepMs: z
      .number()
      .int()
      .min(1)
      .max(86_400_000)
      .meta({ description: 'From where on a step by the host’s own service is told of; a person’s always is' }),
    silentHours: z
      .number()
      .int()
      .min(1)
      .max(8_784)
      .meta({ description: 'After how long without a line on its clock a host says nothing' }),
  })
  .meta({ id: 'TimeLimits' });

const server = z
  .strictObject({
    address: z
      .string()
      .trim()
      .regex(/^[.\-_A-Za-z0-9:/()]{1,255}$/, 'may be an address, a range such as 192.0.2.0/24, or a name')
      .meta({ description: 'An address, a range of addresses (CIDR), or a name, as hosts name what they follow' }),
    note: cardData('masked', z.string().trim().max(200)).default(''),
  })
  .meta({ id: 'TimeServer' });

const group = z
  .strictObject({
    name: cardData('masked', z.string().trim().min(1).max(80)),
    hosts: z
      .array(z.string().regex(/^[.\-_A-Za-z0-9*:]{1,255}$/))
      .min(1)
      .max(200)
      .meta({ description: 'Names of hosts, in which `*` stands for any characters' }),
    limits,
  })
  .meta({ id: 'TimeHostGroup' });

const settingFields = {
  servers: z.array(server).max(100).meta({ description: 'PCI DSS 10.6.2. Empty: every server will do' }),
  groups: z.array(group).max(50).meta({ description: 'The first that holds a host counts' }),
};

export const timeSettingsRequest = z.strictObject(settingFields).meta({ id: 'TimeSettingsRequest' });

export type TimeSettingsRequest = z.infer<typeof timeSettingsRequest>;

export const timeSettingsAnswer = z
  .object({
    ...settingFields,
    usualLimits: limits.meta({ description: 'Of hosts in no group' }),
    changedBy: z.string().nullable(),
    changedAt: moment.nullable(),
  })
  .meta({ id: 'TimeSettings' });

export type TimeSettingsAnswer = z.infer<typeof timeSettingsAnswer>;

const step = z.object({
  at: moment.meta({ description: 'As the first line that tells of it has it' }),
  receivedAt: moment,
  offsetSeconds: z.number().nullable(),
  by: z.enum(stepDoers),
  account: z.string().nullable(),
  program: z.string().nullable(),
  lines: count.meta({ description: 'How many lines tell of it' }),
});

const host = z
  .object({
    host: z.string(),
    group: z.string().nullable(),
    state: z.enum(clockStates).meta({
      description:
        '`stepped`: somebody set the clock, and nothing has said since that it is right. `unknown`: no line has said',
    }),
    since: moment.nullable(),
    server: z.string().nullable(),
    designated: z.boolean().nullable().meta({ description: 'Null without a server or without designated ones' }),
    stratum: z.number().int().nullable(),
    offsetSeconds: z.number().nullable(),
    program: z.string().nullable(),
    lastEventAt: moment.meta({ description: 'Of the last line on its clock' }),
    lastReceivedAt: moment,
    steps: z.array(step).meta({ description: 'Newest first, the newest 20' }),
    stepCount: count,
    problems: z
      .array(z.enum(timeProblems))
      .meta({ description: 'By the limits, the gravest first; empty: all is well' }),
    logGroups: z.array(z.string()),
    logStreams: z.array(z.string()),
  })
  .meta({ id: 'HostTime' });

export type HostTimeAnswer = z.infer<typeof host>;

const quietHost = z
  .object({
    host: z.string(),
    logGroups: z.array(z.string()),
    lastReceivedAt: moment.nullable().meta({ description: 'Of its newest line of any kind; null: none ever came' }),
  })
  .meta({ id: 'QuietHost' });

export const hostTimesAnswer = z
  .object({
    items: z.array(host),
    quiet: z.array(quietHost).meta({ description: 'Hosts whose logs never said anything of their clocks' }),
    moreQuiet: count.meta({ description: 'How many more there are of them' }),
    asOf: moment,
  })
  .meta({ id: 'HostTimes' });

export type HostTimesAnswer = z.infer<typeof hostTimesAnswer>;
