/** A word in both languages of the product. */
export interface TwoLanguages {
  readonly ja: string;
  readonly en: string;
}

/**
 * What a column holds, and so how its cells are read and compared:
 * - `text`, `email`: words as written, without differences of width and blanks;
 * - `name`: of a person, a system, a host or a target; compared by `foldName`;
 * - `account`: as the system knows it; its case counts;
 * - `mac`: `00-00-5E-00-53-01`; `address`: one IP address; `addresses`: IP addresses and ranges, joined by `, `;
 * - `time`: a moment; `yes-no`: `true` or `false`;
 * - `shared`: `true`, `false`, or the accounts that are shared, joined by `, `.
 */
export const columnTypes = [
  'text',
  'email',
  'name',
  'account',
  'mac',
  'address',
  'addresses',
  'time',
  'yes-no',
  'shared',
] as const;
export type ColumnType = (typeof columnTypes)[number];

export interface MasterColumn {
  /** The English name, which the API and `MasterRow.values` use. */
  readonly name: string;
  readonly title: TwoLanguages;
  /** Other headings under which tables write the column; `headingText` forms of them are compared. */
  readonly headings: readonly string[];
  readonly type: ColumnType;
  readonly isRequired: boolean;
}

export interface MasterDefinition {
  readonly name: string;
  readonly title: TwoLanguages;
  readonly columns: readonly MasterColumn[];
  /** The natural key: a row of an import replaces or follows the row that says the same in these columns. */
  readonly key: readonly string[];
  /** Two rows that say the same in these columns and hold at the same time contradict each other. */
  readonly exclusive: readonly string[];
  /** The columns that say the row's own period. Every table also has `validFrom` and `validUntil`. */
  readonly period: { readonly from: string | null; readonly until: string | null };
  /** A row without an end holds until the next row of the same `exclusive` columns begins. */
  readonly endsWithNext: boolean;
}

/** The columns of every table, beside its own. */
export const validityColumns: readonly MasterColumn[] = [
  {
    name: 'validFrom',
    title: { ja: '有効開始', en: 'Valid from' },
    headings: ['有効開始日', '有効開始日時', '適用開始', '適用開始日', '開始日', 'effective from', 'start date'],
    type: 'time',
    isRequired: false,
  },
  {
    name: 'validUntil',
    title: { ja: '有効終了', en: 'Valid until' },
    headings: [
      '有効終了日',
      '有効終了日時',
      '有効期限',
      '適用終了',
      '適用終了日',
      '終了日',
      'valid to',
      'effective to',
      'end date',
    ],
    type: 'time',
    isRequired: false,
  },
];

/** The columns of a table and those that every table has, the table's own first. */
export function allColumns(definition: MasterDefinition): readonly MasterColumn[] {
  return [...definition.columns, ...validityColumns];
}
