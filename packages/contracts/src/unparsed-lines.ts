import { z } from 'zod';
import { count, eventId, logName, moment } from './values.ts';

export const unparsedLinesRequest = z
  .strictObject({
    from: moment.meta({ description: 'Receive time, included' }),
    to: moment,
    logGroup: logName.optional().meta({ description: 'Only lines of this log group' }),
  })
  .meta({ id: 'UnparsedLinesRequest' });

export type UnparsedLinesRequest = z.infer<typeof unparsedLinesRequest>;

export const lineShape = z
  .object({
    shape: z.string().meta({ description: 'What the lines have in common; <*> for what differs' }),
    logGroup: logName,
    logStreams: z.array(logName).meta({ description: 'The first 20' }),
    lines: count,
    lastSeenAt: moment,
    examples: z
      .array(z.object({ id: eventId, record: z.string() }))
      .meta({ description: 'The newest, at most 20: enough to make a format from' }),
  })
  .meta({ id: 'LineShape' });

export type LineShapeAnswer = z.infer<typeof lineShape>;

export const unparsedLinesAnswer = z
  .object({
    items: z.array(lineShape).meta({ description: 'The most frequent first, at most 100' }),
    read: count.meta({ description: 'Lines that were grouped' }),
    total: z
      .object({ value: count, relation: z.enum(['eq', 'gte']) })
      .meta({ description: 'Lines that no format reads' }),
    others: count.meta({ description: 'Lines of rarer shapes than those shown' }),
  })
  .meta({ id: 'UnparsedLines', description: 'Lines that no format reads, within what the caller may see' });

export type UnparsedLinesAnswer = z.infer<typeof unparsedLinesAnswer>;
