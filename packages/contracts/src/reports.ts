import { eventClasses } from '@akashi/log-event';
import { clockColumns, flagKinds, reportColumns, runStates } from '@akashi/report';
import { z } from 'zod';
import { workingHours } from './areas.ts';
import { cardData } from './kept-text.ts';
import { count, includeRestored, moment, queryCursor } from './values.ts';

const days = z.number().int().min(1).max(365);
const minutes = z.number().int().min(1).max(1_440);
const atLeast = z.number().int().min(2).max(1_000_000);

export const flagRule = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('first-time'),
      of: z
        .array(z.enum(['person', 'user', 'origin', 'object', 'host']))
        .min(1)
        .max(3),
      days,
    }),
    z.strictObject({ kind: z.literal('outside-hours'), hours: workingHours.optional() }),
    z.strictObject({ kind: z.literal('failures-in-a-row'), count: atLeast, minutes }),
    z.strictObject({ kind: z.literal('success-after-failures'), count: atLeast, minutes, withinMinutes: minutes }),
    z.strictObject({ kind: z.literal('changed-for-other') }),
    z.strictObject({ kind: z.literal('unchanged-credential'), days }),
    z.strictObject({ kind: z.literal('outside-approval') }),
    z.strictObject({ kind: z.literal('person-unknown') }),
    z.strictObject({ kind: z.literal('person-conflict') }),
    z.strictObject({ kind: z.literal('bulk'), count: atLeast, minutes, rows: atLeast }),
    z.strictObject({
      kind: z.literal('any'),
      where: z.string().max(4_096).optional().meta({ description: 'Only rows that fulfil it' }),
    }),
  ])
  .meta({ id: 'FlagRule' });

const flagKind = z.enum(flagKinds);
const wordsOf = (most: number) =>
  z.strictObject({ ja: z.string().trim().min(1).max(most), en: z.string().trim().min(1).max(most) });
const words = wordsOf(120);
const groupColumn = z.enum(['person', 'user', 'origin', 'host', 'object', 'action']);

/** Id of a report: of the eleven as they are called, of own ones a name. */
export const reportId = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'may hold small letters, digits and -');

const definitionFields = {
  title: cardData('masked', words),
  purpose: cardData('masked', wordsOf(500)),
  requirements: z.array(z.string().regex(/^pci:[\d.]+:[\d.]+$/)).max(20),
  duty: z.enum(['required', 'reference']),
  classes: z.array(z.enum(eventClasses)).max(20),
  query: z.string().max(4_096).meta({ description: 'A condition more; empty: none' }),
  tag: z.enum(['card-data', 'watched-objects']).nullable().meta({
    description:
      'Events that the organisation’s settings tag so belong to it (card data), or only those do (watched objects)',
  }),
  listed: z.string().max(4_096).meta({
    description: 'Rows that fulfil it are listed, others only where they are flagged; empty: all',
  }),
  columns: z.array(z.enum(reportColumns)).min(1).max(reportColumns.length),
  groupBy: groupColumn.nullable(),
  flags: z.array(flagRule).max(20),
  plot: z.strictObject({ by: z.enum(['hour', ...groupColumn.options]), title: words }).nullable(),
};

/** Of definitions that nobody writes as well: the time report has columns of its own. */
const shownFields = {
  ...definitionFields,
  columns: z.array(z.enum([...reportColumns, ...clockColumns])).min(1),
};

export const reportDefinitionInput = z
  .strictObject({ ...definitionFields, basedOn: reportId.optional() })
  .meta({ id: 'ReportDefinitionInput' });
export type ReportDefinitionInput = z.infer<typeof reportDefinitionInput>;

export const report = z
  .object({
    id: reportId,
    number: count.nullable().meta({ description: '1 to 11; null of own ones and of the time report' }),
    ...shownFields,
    version: count,
    isOwn: z.boolean().meta({ description: 'Made by the organisation' }),
    isChanged: z.boolean().meta({ description: 'One of the eleven, as the organisation has changed it' }),
    changedBy: z.string().optional(),
    changedAt: moment.optional(),
    newestRun: z
      .object({ id: z.uuid(), day: z.string().nullable(), createdAt: moment, flagged: count })
      .nullable()
      .meta({ description: 'Of those that the caller may open' }),
  })
  .meta({ id: 'Report' });
export type ReportAnswer = z.infer<typeof report>;

export const reportsAnswer = z.object({ items: z.array(report) }).meta({ id: 'Reports' });
export type ReportsAnswer = z.infer<typeof reportsAnswer>;

export const newReportRun = z
  .strictObject({
    from: moment.meta({ description: 'Receive time, included' }),
    to: moment.meta({ description: 'Not included; at most 366 days later; what is yet to come is cut off' }),
    area: z.uuid().optional().meta({ description: 'Without it: everything that the caller may see as a whole' }),
    includeRestored,
  })
  .meta({ id: 'NewReportRun' });
export type NewReportRun = z.infer<typeof newReportRun>;

export const frozenDefinition = z
  .object({ id: reportId, number: count.nullable(), version: count, ...shownFields })
  .meta({ id: 'FrozenReportDefinition', description: 'The definition as it was when the run was made' });

const countOf = z.object({ value: z.string(), rows: count, flagged: count }).meta({ id: 'CountOf' });

export const runSummary = z
  .object({
    rows: count,
    flagged: count,
    byFlag: z.partialRecord(flagKind, count),
    people: z.array(countOf),
    hosts: z.array(countOf),
    groups: z.array(countOf),
    plot: z.array(countOf),
  })
  .meta({ id: 'RunSummary' });

export const frozenFile = z
  .object({
    format: z.enum(['ndjson', 'csv', 'pdf']),
    language: z.enum(['ja', 'en']).nullable().meta({ description: 'Null of NDJSON' }),
    bytes: count,
    sha256: z.string().meta({ description: 'Hexadecimal, of the file as it is downloaded' }),
  })
  .meta({ id: 'FrozenFile' });

export const reportRun = z
  .object({
    id: z.uuid(),
    report: reportId,
    number: count.nullable(),
    title: z.object({ ja: z.string(), en: z.string() }),
    version: count.meta({ description: 'Of the definition, which is frozen with the run' }),
    duty: z.enum(['required', 'reference']),
    area: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    from: moment,
    to: moment,
    day: z.string().nullable().meta({ description: 'The organisation’s day, of a run that a duty made' }),
    kind: z.enum(['duty', 'by-hand', 'addendum']).meta({
      description: 'addendum: events of the day that were received in time and could be read only later',
    }),
    addendumTo: z.uuid().nullable(),
    state: z.enum(runStates),
    progress: z.number().min(0).max(1),
    rows: count,
    flagged: count,
    summary: runSummary.nullable(),
    sha256: z
      .object({ ndjson: z.string(), csv: z.string(), pdf: z.string() })
      .nullable()
      .meta({ description: 'Of NDJSON, and of CSV and PDF in the organisation’s language' }),
    files: z.array(frozenFile),
    sealedAs: z
      .string()
      .nullable()
      .meta({ description: 'Event of the log group akashi/reports that holds the hashes' }),
    requestedBy: z.string().nullable(),
    createdAt: moment,
    finishedAt: moment.nullable(),
    errorCode: z.string().nullable(),
    definition: frozenDefinition,
    openedBy: z
      .array(z.object({ name: z.string(), at: moment, what: z.enum(['rows', 'ndjson', 'csv', 'pdf']) }))
      .meta({ description: 'Newest first, at most 50' }),
  })
  .meta({ id: 'ReportRun' });
export type ReportRunAnswer = z.infer<typeof reportRun>;

export const reportRunsQuery = z
  .strictObject({
    day: z.iso.date().optional(),
    report: reportId.optional(),
    area: z.uuid().optional(),
    kind: z.enum(['duty', 'by-hand', 'addendum']).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: queryCursor.optional(),
  })
  .meta({ id: 'ReportRunsQuery' });
export type ReportRunsQuery = z.infer<typeof reportRunsQuery>;

export const reportRunsAnswer = z
  .object({ items: z.array(reportRun.omit({ openedBy: true, definition: true })), next: z.string().optional() })
  .meta({ id: 'ReportRuns' });
export type ReportRunsAnswer = z.infer<typeof reportRunsAnswer>;

export const reportFileQuery = z
  .strictObject({ format: z.enum(['ndjson', 'csv', 'pdf']), language: z.enum(['ja', 'en']).optional() })
  .meta({ id: 'ReportFileQuery' });
export type ReportFileQuery = z.infer<typeof reportFileQuery>;

export const rowFlag = z
  .object({ kind: flagKind, details: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
  .meta({ id: 'RowFlag' });

const text = z.string().nullable();

const rowClock = z
  .object({
    group: text,
    state: z.enum(['synchronized', 'unsynchronized', 'stopped', 'stepped', 'unknown']),
    since: moment.nullable(),
    server: text,
    isDesignated: z.boolean().nullable(),
    stratum: z.number().nullable(),
    offsetSeconds: z.number().nullable().meta({ description: 'The largest of the period' }),
    steps: z.array(
      z.object({
        time: moment,
        offsetSeconds: z.number().nullable(),
        by: z.enum(['person', 'service', 'unknown']),
        account: text,
      }),
    ),
    lost: z.array(
      z.object({ state: z.enum(['unsynchronized', 'stopped', 'stepped']), from: moment, to: moment.nullable() }),
    ),
    limits: z
      .object({ offsetMs: count, unsynchronizedMinutes: count, stepMs: count, silentHours: count })
      .nullable()
      .meta({ description: 'That it was judged by; null where no line has said anything' }),
  })
  .meta({ id: 'RowClock' });

export const reportRow = z
  .object({
    eventId: text.meta({ description: 'Null: about what did not happen' }),
    time: moment,
    receivedAt: moment,
    person: z.object({ id: z.string(), name: z.string(), certainty: z.enum(['certain', 'likely']) }).nullable(),
    user: text,
    authority: text,
    action: text,
    outcome: z.enum(['success', 'failure', 'unknown']).nullable(),
    origin: text,
    object: text,
    target: text,
    host: text,
    logGroup: z.string(),
    logStream: z.string(),
    classes: z.array(z.string()),
    command: text,
    before: text,
    after: text,
    count: count.nullable(),
    approval: z.enum(['inside', 'outside', 'unknown']).nullable(),
    approvals: z
      .array(z.object({ target: z.string(), from: text, to: text, number: text, purpose: text, approver: text }))
      .optional()
      .meta({ description: 'What covers it; outside approval, what the person was approved for around then' }),
    flags: z.array(rowFlag),
    until: moment.nullable().meta({ description: 'When the rights or session that it began ended' }),
    followedBy: z
      .array(z.object({ eventId: z.string(), time: moment, action: z.string(), command: z.string() }))
      .optional(),
    clock: rowClock.optional().meta({ description: 'Of a row that is a host' }),
    recordSha256: text.meta({ description: 'Hexadecimal SHA-256 of the sealed masked text' }),
    record: text,
  })
  .meta({ id: 'ReportRow' });
export type ReportRowAnswer = z.infer<typeof reportRow>;

export const reportRowsQuery = z
  .strictObject({
    flagged: z.enum(['true', 'false']).optional(),
    flag: flagKind.optional(),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    cursor: queryCursor.optional(),
  })
  .meta({ id: 'ReportRowsQuery' });
export type ReportRowsQuery = z.infer<typeof reportRowsQuery>;

export const reportRowsAnswer = z
  .object({ items: z.array(reportRow), next: z.string().optional() })
  .meta({ id: 'ReportRows' });
export type ReportRowsAnswer = z.infer<typeof reportRowsAnswer>;
