import { eventClasses, requirementVersions, sixFields } from '@akashi/log-event';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, moment } from './values.ts';

const eventClass = z.enum(eventClasses);

export const coverageQuery = z
  .strictObject({
    day: z.iso
      .date()
      .meta({ description: 'A calendar day of the organisation’s time zone; events count by receive time' }),
  })
  .meta({ id: 'CoverageQuery' });

export type CoverageQuery = z.infer<typeof coverageQuery>;

export const coverageExceptionRequest = z
  .strictObject({
    reason: cardData('masked', z.string().trim().min(1).max(1_000)).meta({
      description: 'Why the source sends no events of this class',
    }),
  })
  .meta({ id: 'CoverageExceptionRequest' });

export type CoverageExceptionRequest = z.infer<typeof coverageExceptionRequest>;

export const coverageStates = ['today', 'before', 'never', 'not-expected'] as const;

export type CoverageState = (typeof coverageStates)[number];

const exception = z.object({ reason: z.string(), setBy: z.string(), setAt: moment });

const coverageCell = z
  .object({
    class: eventClass,
    state: z.enum(coverageStates).meta({
      description:
        '`today`: seen on the day. `before`: only before it. `not-expected`: not seen on the day, with a reason',
    }),
    count: count.meta({ description: 'Events of the day' }),
    lastSeenAt: moment.nullable().meta({ description: 'Receive time of the newest one, of the day or before' }),
    completeness: z
      .number()
      .min(0)
      .max(1)
      .nullable()
      .meta({ description: 'Share of the six fields of 10.2.2 that the day’s events have; null without events' }),
    missing: z
      .partialRecord(z.enum(sixFields), count)
      .meta({ description: 'How many of the day’s events lack each of the six fields' }),
    notExpected: exception.nullable(),
  })
  .meta({ id: 'CoverageCell' });

const coverageSource = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    logGroups: z.array(z.string()),
    cells: z.array(coverageCell).meta({ description: 'One for each class, in the order of `classes`' }),
  })
  .meta({ id: 'CoverageSource' });

export type CoverageSource = z.infer<typeof coverageSource>;

export const coverageAnswer = z
  .object({
    day: z.iso.date(),
    from: moment,
    to: moment,
    since: moment.meta({ description: 'How far back events count as seen before' }),
    classes: z.array(
      z.object({
        name: eventClass,
        word: z.object({ ja: z.string(), en: z.string() }),
        requirement: z
          .record(z.enum(requirementVersions), z.string())
          .meta({ description: 'The requirement that asks for such events, by version of PCI DSS' }),
      }),
    ),
    items: z.array(coverageSource),
  })
  .meta({ id: 'Coverage' });

export type CoverageAnswer = z.infer<typeof coverageAnswer>;
