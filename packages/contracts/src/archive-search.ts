import { z } from 'zod';
import { event } from './event.ts';
import { problemCodes } from './problem.ts';
import { count, moment } from './values.ts';

/** The most hits that one archived search answers. */
export const mostArchiveHits = 10_000;
/** The most bytes of stored blocks that one archived search reads. */
export const mostArchiveBytes = 4 * 1024 ** 3;

/** What is asked for, kept, and not online: an answer that lacks it must not look like nothing happened. */
export const offlinePart = z
  .object({
    before: moment.meta({
      description: 'Everything asked for that was received from here on is online, or on its way there',
    }),
    firstReceived: moment.meta({ description: 'Of the records that are not online' }),
    logGroups: z.array(z.string()).meta({
      description:
        'The log groups with such records, of those that were asked for and that the reader may see; at most 100',
    }),
    records: count.nullable().meta({
      description:
        'Records of the blocks that reach into what was asked for, before the query is applied; null where the reader sees only some of them',
    }),
  })
  .meta({
    id: 'OfflinePart',
    description: 'Records that are kept in the archive and can no longer be searched in the index (by receive time)',
  });

export type OfflinePart = z.infer<typeof offlinePart>;

/** In every answer about a selection; null or absent where all of it is online. */
export const offline = offlinePart.nullable().optional();

/** An event that was read from the archive. */
export const archivedEvent = event
  .extend({ archived: z.literal(true).meta({ description: 'Read from the archive, not from the index' }) })
  .meta({ id: 'ArchivedEvent' });

export type ArchivedEvent = z.infer<typeof archivedEvent>;

export const archiveSearchEnds = ['all-read', 'hit-limit', 'byte-limit', 'failed'] as const;

const progress = z.object({
  event: z.literal('progress'),
  blocksDone: count,
  blocksTotal: count.meta({ description: 'Blocks that the tables name; the others are not read' }),
  hits: count,
  reachedAt: moment.nullable().meta({
    description: 'Everything asked for that was received from here on has been searched; null before the first block',
  }),
});

const hit = z.object({ event: z.literal('hit'), item: archivedEvent });

const end = z.object({
  event: z.literal('end'),
  reason: z.enum(archiveSearchEnds),
  blocksDone: count,
  blocksTotal: count,
  hits: count,
  tookMs: z.number().nonnegative(),
  next: moment.optional().meta({
    description:
      'Of a search that met a limit: the same search goes on with this as `to`. A hit at that moment may come again',
  }),
  code: z.enum(problemCodes).optional().meta({ description: 'Why it failed' }),
  detail: z.string().optional().meta({ description: 'The same in the language of the reader' }),
});

/** One line of the answer: the first is a progress, then hits and progress as they come, newest block first, then an end. */
export const archiveSearchLine = z
  .discriminatedUnion('event', [progress, hit, end])
  .meta({ id: 'ArchiveSearchLine', description: 'One line of application/x-ndjson' });

export type ArchiveSearchLine = z.infer<typeof archiveSearchLine>;
export type ArchiveSearchEnd = (typeof archiveSearchEnds)[number];
