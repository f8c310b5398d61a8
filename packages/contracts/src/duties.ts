import { z } from 'zod';
import { count, moment } from './values.ts';

const dutyRunFields = {
  period: z.string().meta({
    description:
      'The day, week, month or minute that the run is for, such as 2026-11-30, 2026-W49 or 2026-11-30T09:00Z',
  }),
  dueAt: moment,
  startedAt: moment.nullable(),
  finishedAt: moment.nullable(),
  outcome: z.enum(['done', 'failed', 'skipped']).nullable().meta({
    description: 'Null before the end; skipped when the run of a newer period did its work after an outage',
  }),
  errorCode: z.string().nullable().meta({ description: 'Of the last attempt that failed' }),
  attempts: count,
  late: z.boolean().meta({ description: 'Ended after the time by which it should have, or has not ended since' }),
};

export const duty = z
  .object({
    duty: z.string(),
    scope: z.enum(['organisation', 'installation']),
    state: z.enum(['waiting', 'running', 'failing', 'late']).meta({
      description: 'Of the run that is due next or under way; the fields beside it are of the newest that ended',
    }),
    ...dutyRunFields,
    nextDueAt: moment.nullable(),
  })
  .meta({ id: 'Duty' });

export const dutiesAnswer = z.object({ items: z.array(duty) }).meta({ id: 'DutiesAnswer' });

export const dutyRun = z.object(dutyRunFields).meta({ id: 'DutyRun' });

export const dutyRunsAnswer = z.object({ items: z.array(dutyRun) }).meta({ id: 'DutyRunsAnswer' });

export const dutyRunsQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

export type DutyAnswer = z.infer<typeof duty>;
export type DutiesAnswer = z.infer<typeof dutiesAnswer>;
export type DutyRunAnswer = z.infer<typeof dutyRun>;
export type DutyRunsAnswer = z.infer<typeof dutyRunsAnswer>;
