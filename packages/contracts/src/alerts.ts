import { ruleKinds, ruleSeverities } from '@akashi/detection';
import { incidentStates } from '@akashi/policy';
import { z } from 'zod';
import { count, moment, queryCursor } from './values.ts';

const place = z.object({ logGroup: z.string(), logStream: z.string() });

/** What a rule found: one episode of a rule and key. */
export const alert = z
  .object({
    id: z.uuid(),
    rule: z.object({
      id: z.uuid(),
      title: z.object({ ja: z.string(), en: z.string() }),
      kind: z.enum(ruleKinds),
      version: count.meta({ description: 'The version that decided it' }),
    }),
    severity: z.enum(ruleSeverities),
    key: z
      .array(z.object({ field: z.string(), value: z.string().nullable() }))
      .meta({ description: 'What parts it from others of its rule' }),
    firstAt: moment.meta({ description: 'Receive time of its first event; of what did not come, when it was due' }),
    lastAt: moment,
    openedAt: moment.meta({ description: 'When the block of the log was made that opened it' }),
    count: count.meta({ description: 'Events' }),
    events: z.array(place.extend({ id: z.string() })).meta({ description: 'The first ones, at most 20' }),
    places: z.array(place).meta({ description: 'Where its events came from' }),
    incident: z
      .object({ id: z.uuid(), state: z.enum(incidentStates) })
      .nullable()
      .meta({ description: 'Of a severity that opens one' }),
  })
  .meta({ id: 'Alert' });
export type AlertAnswer = z.infer<typeof alert>;

/** `open`: its incident is not closed; `closed`: it is; `none`: it opened none. */
export const alertStates = ['open', 'closed', 'none'] as const;

export const alertsQuery = z
  .strictObject({
    day: z.iso.date().optional().meta({ description: 'Opened on this day of the organisation' }),
    from: moment.optional().meta({ description: 'Opened from then on' }),
    to: moment.optional().meta({ description: 'Opened before then' }),
    severity: z.enum(ruleSeverities).optional(),
    rule: z.uuid().optional(),
    state: z.enum(alertStates).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: queryCursor.optional(),
  })
  .meta({ id: 'AlertsQuery' });
export type AlertsQuery = z.infer<typeof alertsQuery>;

export const alertsAnswer = z
  .object({
    items: z.array(alert).meta({ description: 'Newest first: those of which the caller may see every event' }),
    next: z.string().optional(),
  })
  .meta({ id: 'Alerts' });
export type AlertsAnswer = z.infer<typeof alertsAnswer>;
