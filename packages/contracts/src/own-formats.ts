import { eventClasses, ownFormatLimits, ownFormatProblems, parseStatuses } from '@akashi/log-event';
import { z } from 'zod';
import { fieldValue } from './event.ts';
import { cardData } from './kept-text.ts';
import { count, eventId, logName, moment } from './values.ts';

const most = ownFormatLimits;
const key = z.string().min(1).max(128);
const pattern = z.string().min(1).max(most.patternChars);

const reading = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('grok'),
      patterns: z.array(pattern).min(1).max(most.patterns),
      own: z.record(z.string().regex(/^[A-Z0-9_]{1,64}$/), pattern).optional(),
    }),
    z.strictObject({ kind: z.literal('expression'), expressions: z.array(pattern).min(1).max(most.patterns) }),
    z.strictObject({
      kind: z.literal('key-value'),
      between: z.string().min(1).max(8).optional(),
      assigns: z.string().min(1).max(8).optional(),
    }),
    z.strictObject({
      kind: z.literal('csv'),
      separator: z.string().length(1),
      columns: z.array(z.string().max(128)).min(1).max(most.columns),
    }),
    z.strictObject({ kind: z.literal('json') }),
    z.strictObject({ kind: z.literal('xml') }),
  ])
  .meta({ id: 'OwnFormatReading', description: 'How a text is taken apart into keys and values' });

const condition = z.strictObject({
  key,
  is: z.array(z.string().max(256)).min(1).max(64).optional(),
  contains: z.string().min(1).max(256).optional(),
  not: z.boolean().optional(),
});

const rule = z.strictObject({
  when: z.array(condition).max(most.conditions),
  set: z.record(z.string().max(128), z.string().max(256)).optional(),
  classes: z.array(z.enum(eventClasses)).max(eventClasses.length).optional(),
});

/** How an organisation has its own lines read. What is wrong with it beyond its shape is told as `problems`. */
export const ownFormat = z
  .strictObject({
    name: z.string().min(1).max(most.nameChars),
    reads: z.enum(['record', 'message']).default('record').meta({
      description: 'The whole record, or what a syslog header leaves of it',
    }),
    begins: pattern.optional().meta({
      description:
        'An RE2 expression that the first record of an event matches, where an event may have several records of a stream: those behind it that do not match are parts of it. Only with `reads: record`',
    }),
    reading,
    time: z
      .strictObject({
        key,
        patterns: z.array(z.string().min(1).max(128)).min(1).max(most.timePatterns),
        timeZone: z.string().max(64).optional(),
      })
      .optional(),
    fields: z.record(key, z.string().max(128)).optional().meta({ description: 'Key → catalogued field' }),
    rules: z.array(rule).max(most.rules).optional(),
  })
  .meta({ id: 'OwnFormat' });

export type OwnFormatDefinition = z.infer<typeof ownFormat>;

export const ownFormatProblem = z
  .object({
    code: z.enum(ownFormatProblems),
    path: z.string().meta({ description: 'Where in the definition: `reading.patterns.0`' }),
    near: z.string().optional(),
    position: count.optional().meta({ description: 'Where `near` begins in the text at `path`' }),
  })
  .meta({ id: 'OwnFormatProblem' });

const triedLines = cardData('not-kept', z.array(z.string().max(most.textChars)).min(1).max(200));

export const formatSuggestRequest = z.strictObject({ lines: triedLines }).meta({ id: 'FormatSuggestRequest' });

export type FormatSuggestRequest = z.infer<typeof formatSuggestRequest>;

/** A beginning to go on from. */
const formatSuggestion = ownFormat
  .pick({ reads: true, begins: true, reading: true, time: true, fields: true })
  .nullable()
  .meta({ id: 'FormatSuggestion', description: 'Null for lines without any text' });

export const formatSuggestionAnswer = z.object({ suggestion: formatSuggestion }).meta({ id: 'FormatSuggestionAnswer' });

export type FormatSuggestionAnswer = z.infer<typeof formatSuggestionAnswer>;

const miss = z
  .object({
    position: count.meta({ description: 'How far the line fits' }),
    expected: z.string().optional().meta({ description: 'The piece of the definition that it does not fit' }),
  })
  .meta({ id: 'OwnFormatMiss' });

const triedLine = z
  .object({
    isRead: z.boolean(),
    partOf: count.optional().meta({ description: 'Where in the list the line stands whose event it is a part of' }),
    '@timestamp': moment,
    originalTime: z.string().optional(),
    line: z.string().meta({ description: 'As it was tried: card numbers are masked as at intake' }),
    message: z.string(),
    fields: z.record(z.string(), fieldValue),
    labels: z.record(z.string(), z.string()),
    parse: z.object({ format: z.string(), status: z.enum(parseStatuses), reason: z.string().optional() }),
    miss: miss.optional(),
  })
  .meta({ id: 'TriedLine' });

export type TriedLineAnswer = z.infer<typeof triedLine>;

export const formatTryRequest = z
  .strictObject({
    definition: ownFormat,
    lines: triedLines,
  })
  .meta({ id: 'FormatTryRequest' });

export type FormatTryRequest = z.infer<typeof formatTryRequest>;

export const formatTryAnswer = z
  .object({ problems: z.array(ownFormatProblem), lines: z.array(triedLine) })
  .meta({ id: 'FormatTry', description: 'With problems nothing is tried' });

export type FormatTryAnswer = z.infer<typeof formatTryAnswer>;

export const formatTrialRequest = z
  .strictObject({ definition: ownFormat, logGroup: logName, from: moment, to: moment })
  .meta({ id: 'FormatTrialRequest' });

export type FormatTrialRequest = z.infer<typeof formatTrialRequest>;

export const formatTrialAnswer = z
  .object({
    problems: z.array(ownFormatProblem),
    tried: count,
    read: count,
    isWhole: z.boolean().meta({ description: 'False where there were more lines than are tried at once' }),
    left: z
      .array(triedLine.extend({ id: eventId }))
      .meta({ description: 'Lines that are not read, the newest first, at most 50' }),
  })
  .meta({ id: 'FormatTrial', description: 'Lines that were received, within what the caller may read' });

export type FormatTrialAnswer = z.infer<typeof formatTrialAnswer>;

const formatVersion = z.object({ version: count, definition: ownFormat, createdBy: z.string(), createdAt: moment });

export const ownFormatAnswer = z
  .object({
    id: z.string().meta({ description: 'The format’s name' }),
    versions: z.array(formatVersion).meta({ description: 'The newest first' }),
    live: z
      .object({ version: count, logGroups: z.array(logName), activatedBy: z.string(), activatedAt: moment })
      .nullable()
      .meta({ description: 'The version that reads lines now' }),
    switchedOff: z
      .object({ version: count, at: moment, reason: z.enum(['too-slow', 'too-long']) })
      .nullable()
      .meta({
        description:
          'Set while no version reads because the product ended it by itself: reading took too long (`too-slow`), or most lines were longer than it may read (`too-long`)',
      }),
  })
  .meta({ id: 'OwnFormatVersions' });

export type OwnFormatAnswer = z.infer<typeof ownFormatAnswer>;

export const ownFormatsAnswer = z.object({ items: z.array(ownFormatAnswer) }).meta({ id: 'OwnFormats' });

export type OwnFormatsAnswer = z.infer<typeof ownFormatsAnswer>;

export const newOwnFormat = z.strictObject({ definition: ownFormat }).meta({ id: 'NewOwnFormat' });

export type NewOwnFormat = z.infer<typeof newOwnFormat>;

export const savedOwnFormat = z.object({ id: z.string(), version: count }).meta({ id: 'SavedOwnFormat' });

export type SavedOwnFormat = z.infer<typeof savedOwnFormat>;

export const formatActivation = z
  .strictObject({ version: z.number().int().min(1), logGroups: z.array(logName).min(1).max(100) })
  .meta({ id: 'FormatActivation' });

export type FormatActivation = z.infer<typeof formatActivation>;
