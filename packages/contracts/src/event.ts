import { parseStatuses } from '@akashi/log-event';
import { z } from 'zod';
import { approval, person } from './people.ts';
import { seal } from './seal.ts';
import { base64, count, eventId, includeRestoredQuery, moment } from './values.ts';

export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

export const maskNote = z
  .object({ rule: z.string(), start: count, length: count })
  .meta({ id: 'MaskNote', description: 'What masking changed: the rule and the place in bytes, never the value' });

export const eventSource = z.object({
  id: z.string(),
  kind: z.string(),
  address: z.string(),
  ip: z.string().optional(),
  port: z.number().optional(),
  mac: z.string().optional(),
});

/** An event with its fields both flat under `fields` and nested as ECS objects (`user.name` at `user`.`name`). */
export const event = z
  .looseObject({
    id: eventId,
    '@timestamp': moment,
    receivedAt: moment,
    originalTime: z.string().optional(),
    logGroup: z.string(),
    logStream: z.string(),
    source: eventSource,
    message: z.string(),
    record: z.string().meta({ description: 'The sealed masked text' }),
    block: count.nullable().meta({ description: 'Null until the event is sealed' }),
    leaf: count.nullable(),
    seal,
    partOf: eventId
      .optional()
      .meta({ description: 'The event that this record is a part of: it says what all of its records say' }),
    parts: z.array(eventId).optional().meta({ description: 'The other records of this event' }),
    masked: z.array(maskNote),
    parse: z.object({ format: z.string(), status: z.enum(parseStatuses), reason: z.string().optional() }),
    labels: z.record(z.string(), z.string()),
    textHidden: z
      .literal(true)
      .optional()
      .meta({ description: 'A grant hides fields of this event and so its text: `message` and `record` are empty' }),
    restored: z.literal(true).optional().meta({ description: 'Found in a restored set, not in the online index' }),
    fields: z.record(z.string(), fieldValue),
    person: person.nullable().meta({
      description:
        'Whose act it was by the masters of now; null where they lead to nobody, or the reader may not see them',
    }),
    approval: approval.optional().meta({ description: 'Of administrative work, for readers who may see the masters' }),
  })
  .meta({ id: 'Event' });

export type EventAnswer = z.infer<typeof event>;

/** One event asked for by its id. */
export const eventDetail = event
  .extend({
    recordBase64: base64.optional().meta({ description: 'The sealed bytes, when they are not UTF-8' }),
    archived: z.literal(true).optional().meta({ description: 'No longer online: read from the archive' }),
  })
  .meta({ id: 'EventDetail' });

export type EventDetail = z.infer<typeof eventDetail>;

const neighbours = z.coerce.number().int().min(0).max(100).default(20);

export const eventQuery = z.strictObject({ includeRestored: includeRestoredQuery });

export type EventQuery = z.infer<typeof eventQuery>;

export const contextQuery = z.strictObject({
  before: neighbours,
  after: neighbours,
  includeRestored: includeRestoredQuery,
});

export type ContextQuery = z.infer<typeof contextQuery>;

export const contextAnswer = z
  .object({
    before: z.array(event),
    event,
    after: z.array(event),
    offline: z
      .object({ before: z.boolean(), after: z.boolean() })
      .nullable()
      .optional()
      .meta({ description: 'On which side the neighbours asked for may lie in the archive and are not online' }),
  })
  .meta({ id: 'EventContext', description: 'Neighbours in the same log stream, in the order of receipt' });

export type ContextAnswer = z.infer<typeof contextAnswer>;
