import { z } from 'zod';
import { count, logGroupPattern, logName, moment } from './values.ts';

export const restoreStates = ['waiting', 'running', 'done', 'cancelled', 'failed', 'expired'] as const;
export type RestoreState = (typeof restoreStates)[number];

export const newRestore = z
  .strictObject({
    logGroups: z.array(logGroupPattern).min(1).max(200).meta({ description: 'All of what they name must be visible' }),
    from: moment.meta({ description: 'Receive time, included' }),
    to: moment.meta({ description: 'Receive time, not included; what is not sealed yet is cut off' }),
    dryRun: z.boolean().default(false).meta({ description: 'Only tells what there is and how long it would take' }),
  })
  .meta({ id: 'NewRestore' });
export type NewRestore = z.infer<typeof newRestore>;

const amounts = {
  records: count,
  bytes: count.meta({ description: 'Of the objects that are read from the archive' }),
  estimateSeconds: count.meta({ description: 'By what the last restores took here, else by a measured default' }),
};

export const restoreEstimate = z
  .object({
    ...amounts,
    logGroups: z.array(logName).meta({ description: 'Those that have records in the period' }),
    from: moment,
    to: moment.meta({ description: 'Earlier than what was asked for where records are not sealed yet' }),
    blocks: count,
    firstReceived: moment.nullable(),
    lastReceived: moment.nullable(),
    refusal: z.enum(['restore-empty', 'restore-limit', 'restore-too-large']).nullable().meta({
      description: 'Why it would be refused now: nothing kept there, five sets already, or too many records',
    }),
  })
  .meta({ id: 'RestoreEstimate' });
export type RestoreEstimate = z.infer<typeof restoreEstimate>;

export const restore = z
  .object({
    id: z.uuid(),
    kind: z.enum(['by-hand', 'drill']).meta({ description: 'drill: the monthly test of one day of the archive' }),
    logGroups: z.array(logName),
    from: moment,
    to: moment,
    state: z.enum(restoreStates),
    ...amounts,
    doneRecords: count,
    progress: z.number().min(0).max(1),
    remainingSeconds: count.nullable().meta({ description: 'While it runs, by its own rate so far' }),
    proven: z.boolean().meta({ description: 'Every restored record was read back and equals the sealed one' }),
    requestedBy: z.string().nullable().meta({ description: 'Null of a drill' }),
    createdAt: moment,
    startedAt: moment.nullable(),
    finishedAt: moment.nullable(),
    expiresAt: moment.nullable().meta({ description: 'Of a set that is done: when it is removed by itself' }),
    endedBy: z.string().nullable().meta({ description: 'Who cancelled it, or ended it before its time' }),
    errorCode: z.string().nullable(),
    canManage: z.boolean().meta({ description: 'The caller may cancel or end it' }),
  })
  .meta({ id: 'Restore' });
export type RestoreAnswer = z.infer<typeof restore>;

export const restoresAnswer = z
  .object({
    items: z.array(restore).meta({ description: 'Newest first, at most 100: those whose log groups are all visible' }),
    standing: count.meta({ description: 'Sets of the organisation that are being made or stand' }),
    limit: count,
  })
  .meta({ id: 'Restores' });
export type RestoresAnswer = z.infer<typeof restoresAnswer>;
