import { z } from 'zod';
import { mostArchiveHits, offline } from './archive-search.ts';
import { event } from './event.ts';
import { cardData } from './kept-text.ts';
import { count, cursor, includeRestored, logGroupPattern, moment } from './values.ts';

/** As long as the query language reads; a longer one is answered with its own code and place. */
const maxQueryChars = 10_000;

const selection = {
  query: cardData('not-kept', z.string().max(maxQueryChars)).default(''),
  from: moment.meta({ description: 'Included' }),
  to: moment.meta({ description: 'Not included' }),
  timeField: z.enum(['@timestamp', 'receivedAt', 'received_at']).default('@timestamp'),
  logGroups: z.array(logGroupPattern).max(200).optional(),
  timeZone: z.string().max(64).optional().meta({ description: 'IANA zone of dates in the query that name none' }),
  includeOwnLogs: z.boolean().optional().meta({
    description:
      'Also the log groups `akashi/…` of the product itself, which are left out unless `logGroups` or the query names one',
  }),
  includeRestored,
  act: z.string().max(2048).optional().meta({
    description: 'The `act` of the same search, which this call is a part of: it is not on record a second time',
  }),
};

/** What is searched: the same for rows, counts, facets and fields. */
export const selectionRequest = z.strictObject(selection).meta({ id: 'SelectionRequest' });

export type SelectionRequest = z.infer<typeof selectionRequest>;

export const searchRequest = z
  .strictObject({
    ...selection,
    limit: z.number().int().min(1).max(1000).default(100),
    cursor: cursor.optional(),
    sort: z.enum(['asc', 'desc']).default('desc'),
    follow: z.literal(true).optional().meta({
      description: 'The same search again in a range that has moved on from that of `act`: on record as one follow',
    }),
  })
  .meta({ id: 'SearchRequest' });

export type SearchRequest = z.infer<typeof searchRequest>;

/** A search of the archive where it lies: it reads the blocks that hold records of the range, online or not. */
export const archiveSearchRequest = z
  .strictObject({
    query: selection.query,
    from: selection.from,
    to: selection.to,
    timeField: selection.timeField,
    logGroups: selection.logGroups,
    timeZone: selection.timeZone,
    includeOwnLogs: selection.includeOwnLogs,
    limit: z.number().int().min(1).max(mostArchiveHits).default(mostArchiveHits),
  })
  .meta({ id: 'ArchiveSearchRequest' });

export type ArchiveSearchRequest = z.infer<typeof archiveSearchRequest>;

export const queryWarning = z.object({
  code: z.string(),
  position: count,
  length: count,
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  suggestion: z.string().optional(),
  message: z.string(),
});

export const searchAnswer = z
  .object({
    items: z.array(event),
    total: z.object({ value: count, relation: z.enum(['eq', 'gte']) }),
    next: cursor.optional(),
    tookMs: z.number().nonnegative(),
    act: z.string().optional().meta({ description: 'Binds charts, counts and further pages to this search' }),
    warnings: z.array(queryWarning).optional(),
    offline,
  })
  .meta({ id: 'SearchAnswer' });

export type SearchAnswer = z.infer<typeof searchAnswer>;

export const relaxedAnswer = z
  .object({
    conditions: z.array(
      z.object({
        query: z.string().meta({ description: 'Without this condition' }),
        total: z.object({ value: count, relation: z.enum(['eq', 'gte']) }),
      }),
    ),
    offline,
  })
  .meta({ id: 'RelaxedAnswer' });

export type RelaxedAnswer = z.infer<typeof relaxedAnswer>;

export const histogramRequest = z.strictObject(selection).meta({ id: 'HistogramRequest' });

export type HistogramRequest = z.infer<typeof histogramRequest>;

export const histogramAnswer = z
  .object({
    intervalMs: count,
    buckets: z.array(z.object({ from: moment, total: count, byOutcome: z.record(z.string(), count) })),
    offline,
  })
  .meta({ id: 'HistogramAnswer' });

export type HistogramAnswer = z.infer<typeof histogramAnswer>;

const fieldName = z.string().min(1).max(256);

export const facetsRequest = z
  .strictObject({
    ...selection,
    fields: z.array(fieldName).min(1).max(30),
    size: z.number().int().min(1).max(100).default(10),
    prefix: z.string().max(256).optional().meta({ description: 'Only values that begin so, for completion' }),
    find: z.string().max(64).optional().meta({ description: 'Only values that contain this, in either case' }),
  })
  .meta({ id: 'FacetsRequest' });

export type FacetsRequest = z.infer<typeof facetsRequest>;

export const facetsAnswer = z
  .object({
    facets: z.array(
      z.object({
        field: z.string(),
        approximate: z.boolean(),
        values: z.array(z.object({ value: z.union([z.string(), z.number(), z.boolean()]), count })),
      }),
    ),
    offline,
  })
  .meta({ id: 'FacetsAnswer' });

export type FacetsAnswer = z.infer<typeof facetsAnswer>;

export const fieldsAnswer = z
  .object({
    fields: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        label: z.object({ ja: z.string(), en: z.string() }),
        count: count.meta({ description: 'Events that have the field' }),
      }),
    ),
    labels: z.array(z.string()).meta({ description: 'Names below `labels.` in the newest events' }),
    offline,
  })
  .meta({ id: 'FieldsAnswer' });

export type FieldsAnswer = z.infer<typeof fieldsAnswer>;
