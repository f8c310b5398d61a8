import { areaCategories, reviewFrequencies } from '@akashi/policy';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, logGroupPattern, moment } from './values.ts';

export const workingHours = z
  .strictObject({
    days: z.array(z.number().int().min(1).max(7)).max(7).meta({ description: '1 is Monday' }),
    fromMinute: z.number().int().min(0).max(1439),
    untilMinute: z
      .number()
      .int()
      .min(1)
      .max(1440)
      .meta({ description: 'Not included; before fromMinute: the next day' }),
  })
  .meta({ id: 'WorkingHours' });

const prose = cardData('masked', z.string().trim().max(2_000));
const personId = z.uuid();

const areaFields = {
  name: cardData('masked', z.string().trim().min(1).max(80)),
  category: z.enum(areaCategories),
  logGroups: z.array(logGroupPattern).min(1).max(50).meta({ description: 'Patterns, `*` standing for any characters' }),
  logStreams: z.array(logGroupPattern).max(50).default([]).meta({ description: 'Only these streams; empty: all' }),
  sources: z.array(z.uuid()).max(50).default([]).meta({ description: 'Only from these sources; empty: all' }),
  hosts: z
    .array(z.string().regex(/^[.\-_A-Za-z0-9*:]{1,255}$/))
    .max(200)
    .default([])
    .meta({ description: 'Only of these hosts; empty: all' }),
  frequency: z.enum(reviewFrequencies).default('day').meta({ description: 'Only `other` may be rarer than daily' }),
  riskAnalysis: prose.optional().meta({ description: 'PCI DSS 12.3.1: the document that sets the frequency' }),
  riskReviewedOn: z.iso.date().optional().meta({ description: 'The day of the analysis; due again a year later' }),
  reviewers: z.array(personId).max(50).meta({ description: 'People with the permission reviews.perform; empty: all' }),
  approvers: z.array(personId).max(50).meta({ description: 'People with the permission reviews.approve; empty: all' }),
  hours: workingHours.optional().meta({ description: 'Working hours here; otherwise the organisation’s' }),
};

export const areaInput = z.strictObject(areaFields).meta({ id: 'AreaInput' });
export type AreaInput = z.infer<typeof areaInput>;

export const area = z
  .object({
    id: z.uuid(),
    ...areaFields,
    isEnded: z.boolean().meta({ description: 'No new reviews; its runs stay' }),
    riskDueOn: z.string().optional(),
    createdAt: moment,
    changedAt: moment,
  })
  .meta({ id: 'Area' });

export type AreaAnswer = z.infer<typeof area>;

/** A log group or asset of PCI scope that no area holds. */
export const areaGap = z
  .object({
    kind: z.enum(['log-group', 'asset']),
    name: z.string(),
    lastSeenAt: moment.optional(),
    events: count.optional(),
  })
  .meta({ id: 'AreaGap' });

export const areasAnswer = z.object({ items: z.array(area), gaps: z.array(areaGap) }).meta({ id: 'Areas' });

export type AreasAnswer = z.infer<typeof areasAnswer>;
