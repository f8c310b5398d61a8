import { z } from 'zod';
import { offline } from './archive-search.ts';
import { event } from './event.ts';
import { approval, person, reason } from './people.ts';
import { cursor, eventId, includeRestored, moment } from './values.ts';

export type PersonAnswer = z.infer<typeof person>;
export type ReasonAnswer = z.infer<typeof reason>;
export type WorkApprovalAnswer = z.infer<typeof approval>;

export const trailRequest = z
  .strictObject({
    from: moment.meta({ description: 'Included' }),
    to: moment.meta({ description: 'Not included' }),
    cursor: cursor.optional(),
    limit: z.number().int().min(1).max(1000).default(100),
    includeRestored,
  })
  .meta({ id: 'TrailRequest' });

export type TrailRequest = z.infer<typeof trailRequest>;

export const trailAnswer = z
  .object({
    person: z.object({ id: z.string(), name: z.string() }),
    items: z
      .array(z.object({ event, because: z.array(reason) }))
      .meta({ description: 'By event time, the oldest first' }),
    next: cursor.optional(),
    offline,
  })
  .meta({ id: 'Trail' });

export type TrailAnswer = z.infer<typeof trailAnswer>;

export const eventPersonAnswer = z
  .object({
    id: eventId,
    person: person.nullable(),
    approval: approval.optional(),
    steps: z
      .array(
        z.object({
          step: z.enum(['account', 'session', 'device']),
          looked: z
            .array(z.string())
            .meta({ description: 'What the event says that this step goes by; empty: nothing' }),
          found: z.array(
            z.object({
              id: z.string(),
              name: z.string(),
              certainty: z.enum(['certain', 'likely']),
              from: moment.nullable(),
              until: moment.nullable(),
              because: z.array(reason),
            }),
          ),
        }),
      )
      .meta({ description: 'Each step, and what it led to' }),
  })
  .meta({ id: 'EventPersonSteps' });

export type EventPersonAnswer = z.infer<typeof eventPersonAnswer>;
