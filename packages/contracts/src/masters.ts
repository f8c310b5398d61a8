import { columnTypes, longestCell } from '@akashi/attribution';
import { z } from 'zod';
import { cardData } from './kept-text.ts';
import { count, moment, queryCursor } from './values.ts';

/** Name of a master in an address. */
export const masterName = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'may hold small letters, digits and -');

const words = z.strictObject({ ja: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(60) });
const columnName = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'begins with a small letter, may hold letters and digits');

export const masterColumn = z
  .object({
    name: z.string().meta({ description: 'In values, and in English tables' }),
    title: z.object({ ja: z.string(), en: z.string() }),
    type: z.enum(columnTypes),
    isRequired: z.boolean(),
  })
  .meta({ id: 'MasterColumn' });

export type MasterColumnAnswer = z.infer<typeof masterColumn>;

const versionCounts = {
  added: count.meta({ description: 'Rows that are new' }),
  changed: count.meta({ description: 'Rows that say something else from this version on, under their id' }),
  ended: count.meta({ description: 'Rows that end, those that had not begun and are gone included' }),
  unchanged: count.meta({ description: 'Rows of the import that the table had already' }),
};

export const masterVersion = z
  .object({
    number: count,
    kind: z.enum(['import', 'row-add', 'row-change', 'row-end']),
    by: z.string(),
    at: moment,
    ...versionCounts,
    rows: count.meta({ description: 'How many the table has from here on' }),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  })
  .meta({ id: 'MasterVersion' });

export type MasterVersionAnswer = z.infer<typeof masterVersion>;

export const masterTable = z
  .object({
    name: z.string(),
    title: z.object({ ja: z.string(), en: z.string() }),
    isOwn: z.boolean().meta({ description: 'Made by the organisation, beside the tables that every one has' }),
    columns: z.array(masterColumn),
    key: z.array(z.string()).meta({ description: 'Columns by which rows of an import meet those of the table' }),
    period: z
      .object({ from: z.string().nullable(), until: z.string().nullable() })
      .meta({ description: 'Columns that say when a row holds, beside validFrom and validUntil' }),
    version: count.meta({ description: 'The newest; 0 for a table that nobody has filled' }),
    rows: count,
    newest: masterVersion.nullable(),
  })
  .meta({ id: 'Master' });

export type MasterTableAnswer = z.infer<typeof masterTable>;

export const mastersAnswer = z.object({ items: z.array(masterTable) }).meta({ id: 'Masters' });
export type MastersAnswer = z.infer<typeof mastersAnswer>;

export const masterRow = z
  .object({
    id: z.uuid().meta({ description: 'The same through all versions of the row' }),
    values: z.record(z.string(), z.string()).meta({ description: 'By English column name; empty ones are absent' }),
    validFrom: moment.nullable().meta({ description: 'Null: has always held' }),
    validUntil: moment.nullable().meta({ description: 'The first moment at which it holds no more; null: open' }),
  })
  .meta({ id: 'MasterRow' });

export type MasterRowAnswer = z.infer<typeof masterRow>;

export const masterRowsQuery = z
  .strictObject({
    at: moment.optional().meta({ description: 'Only rows that hold then; without it all rows' }),
    query: cardData('not-kept', z.string().trim().max(200)).optional().meta({ description: 'A text in any value' }),
    version: z.coerce.number().int().min(1).optional().meta({ description: 'The table as it was in this version' }),
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    cursor: queryCursor.optional(),
  })
  .meta({ id: 'MasterRowsQuery' });

export type MasterRowsQuery = z.infer<typeof masterRowsQuery>;

export const masterRowsAnswer = z
  .object({ version: count, items: z.array(masterRow), next: z.string().optional() })
  .meta({ id: 'MasterRows' });

export type MasterRowsAnswer = z.infer<typeof masterRowsAnswer>;

export const masterVersionsQuery = z
  .strictObject({
    before: z.coerce.number().int().min(1).optional().meta({ description: 'Versions before this one' }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .meta({ id: 'MasterVersionsQuery' });

export type MasterVersionsQuery = z.infer<typeof masterVersionsQuery>;

export const masterVersionsAnswer = z
  .object({ items: z.array(masterVersion).meta({ description: 'Newest first' }), next: count.optional() })
  .meta({ id: 'MasterVersions' });

export type MasterVersionsAnswer = z.infer<typeof masterVersionsAnswer>;

export const masterRowShape = masterRow
  .extend({
    sinceVersion: count,
    untilVersion: count
      .nullable()
      .meta({ description: 'The version from which the row says something else, or is gone' }),
  })
  .meta({ id: 'MasterRowShape' });

export const masterRowHistory = z
  .object({ items: z.array(masterRowShape).meta({ description: 'Newest first' }) })
  .meta({ id: 'MasterRowHistory' });

export type MasterRowHistory = z.infer<typeof masterRowHistory>;

const yesNo = z.enum(['true', 'false']).default('false');

export const masterImportQuery = z
  .strictObject({
    dryRun: yesNo.meta({ description: '`true`: tells what the import would do, and does nothing' }),
    replace: yesNo.meta({ description: '`true`: the table is whole, and rows that it leaves out end now' }),
    correct: yesNo.meta({
      description:
        '`true`: a changed row without a time corrects the former one from its start on, instead of following it from now on',
    }),
    year: z.coerce
      .number()
      .int()
      .min(1970)
      .max(2200)
      .optional()
      .meta({ description: 'Of times without one; without it each is the latest such day that is not in the future' }),
  })
  .meta({ id: 'MasterImportQuery' });

export type MasterImportQuery = z.infer<typeof masterImportQuery>;

export const masterImportError = z
  .object({
    line: count.meta({ description: 'Of the file, from 1: where the row begins' }),
    column: z.string().meta({ description: 'As the file’s heading writes it; empty where the whole line is at fault' }),
    code: z.string(),
    reason: z.string().meta({ description: 'A sentence in the reader’s language' }),
  })
  .meta({ id: 'MasterImportError' });

export type MasterImportError = z.infer<typeof masterImportError>;

const importedRow = masterRow.extend({ line: count.nullable().meta({ description: 'Null: not of this file' }) });

export const masterOverlap = z
  .object({
    from: moment.nullable(),
    until: moment.nullable(),
    rows: z.array(importedRow).meta({ description: 'The two that say different things of the same time' }),
  })
  .meta({ id: 'MasterOverlap' });

export type MasterOverlap = z.infer<typeof masterOverlap>;

export const masterImportChange = importedRow
  .extend({ kind: z.enum(['added', 'changed', 'ended', 'withdrawn']) })
  .meta({ id: 'MasterImportChange' });

export type MasterImportChange = z.infer<typeof masterImportChange>;

export const masterImportAnswer = z
  .object({
    version: count.meta({ description: 'The newest version of the table after the call' }),
    ...versionCounts,
    errors: z.array(masterImportError).meta({ description: 'The first 1,000; with any, nothing is changed' }),
    errorCount: count,
    overlaps: z.array(masterOverlap).meta({ description: 'The first 1,000 that a row of the import is part of' }),
    hasMoreOverlaps: z.boolean(),
    changes: z.array(masterImportChange).meta({ description: 'The first 500' }),
    rows: count.meta({ description: 'Rows that the file holds' }),
    ignoredColumns: z.array(z.string()).meta({ description: 'Headings that name no column of the table' }),
    guessedYears: z.array(z.number().int()).meta({ description: 'Years that times without one were read in' }),
    maskedRows: count.meta({ description: 'Rows in which a card number was masked' }),
    encoding: z.string(),
  })
  .meta({ id: 'MasterImport' });

export type MasterImportAnswer = z.infer<typeof masterImportAnswer>;

const writtenTime = z.string().max(64);

export const masterRowValues = cardData(
  'masked',
  z.strictObject({
    id: z.uuid().optional().meta({ description: 'As a row is given; the address names it' }),
    values: z
      .record(columnName, z.string().max(4 * longestCell))
      .meta({ description: 'By English column name, as a table would write them' }),
    validFrom: writtenTime.nullable().optional(),
    validUntil: writtenTime.nullable().optional(),
  }),
).meta({ id: 'MasterRowValues' });

export type MasterRowValues = z.infer<typeof masterRowValues>;

export const masterRowEnding = z
  .strictObject({
    at: moment.optional().meta({ description: 'When it ends; now, unless given. Before its start: it is gone' }),
  })
  .meta({ id: 'MasterRowEnding' });

export type MasterRowEnding = z.infer<typeof masterRowEnding>;

export const masterRowChanged = z
  .object({
    version: count,
    row: masterRow.nullable().meta({ description: 'Null: it is gone' }),
    overlaps: z.array(masterOverlap),
  })
  .meta({ id: 'MasterRowChanged' });

export type MasterRowChanged = z.infer<typeof masterRowChanged>;

export const masterExportQuery = z
  .strictObject({
    at: moment.optional().meta({ description: 'Only rows that hold then' }),
    version: z.coerce.number().int().min(1).optional(),
  })
  .meta({ id: 'MasterExportQuery' });

export type MasterExportQuery = z.infer<typeof masterExportQuery>;

const mostColumns = 30;

export const newMaster = z
  .strictObject({
    name: masterName,
    title: words,
    columns: z
      .array(
        z.strictObject({
          name: columnName,
          title: words,
          type: z.enum(columnTypes),
          isRequired: z.boolean().default(false),
          isKey: z.boolean().default(false).meta({ description: 'Rows of an import meet those of the table by it' }),
        }),
      )
      .min(1)
      .max(mostColumns)
      .refine((columns) => columns.some(({ isKey }) => isKey), 'one column at least names the row')
      .refine((columns) => columns.every(({ isKey, isRequired }) => !isKey || isRequired), 'a key column is required')
      .refine(
        (columns) => columns.every(({ name }) => !['validFrom', 'validUntil'].includes(name)),
        'every table has these columns',
      )
      .refine((columns) => new Set(columns.map(({ name }) => name)).size === columns.length, 'a name stands twice'),
  })
  .meta({ id: 'NewMaster' });

export type NewMaster = z.infer<typeof newMaster>;
