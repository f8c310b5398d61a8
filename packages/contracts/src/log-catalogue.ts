import { z } from 'zod';
import { count, moment } from './values.ts';

const counts = { records: count.nullable(), unparsed: count.nullable(), masked: count.nullable() };

/** `part`: a grant narrows the place, so that its counts and times are withheld (null). */
const reach = z.enum(['part', 'all']);
const seen = { firstSeenAt: moment.nullable(), lastReceivedAt: moment.nullable(), lastEventAt: moment.nullable() };

export const logGroup = z
  .object({ name: z.string(), reach, streams: count.nullable(), ...counts, ...seen })
  .meta({ id: 'LogGroup' });

export const logGroupsAnswer = z.object({ items: z.array(logGroup) }).meta({ id: 'LogGroupsAnswer' });

export type LogGroupsAnswer = z.infer<typeof logGroupsAnswer>;

/** One log stream of one source; a source that has sent nothing yet stands without a stream. */
export const source = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.string(),
    logGroup: z.string().nullable(),
    logStream: z.string().nullable(),
    ...seen,
    reach,
    lagMs: z.number().int().nullable(),
    ...counts,
    recordsPerMinute: z.array(count).meta({ description: 'The last 60 minutes, oldest first' }),
  })
  .meta({ id: 'Source' });

export const sourcesAnswer = z.object({ items: z.array(source) }).meta({ id: 'SourcesAnswer' });

export type SourcesAnswer = z.infer<typeof sourcesAnswer>;
