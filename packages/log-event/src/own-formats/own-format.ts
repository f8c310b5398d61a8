import type { EventClass } from '../classes/event-class.ts';

/** How the text of a record is taken apart: into keys, each with a value. */
export type OwnReading =
  | { readonly kind: 'grok'; readonly patterns: readonly string[]; readonly own?: Readonly<Record<string, string>> }
  /** RE2 expressions with named groups, the first that matches. */
  | { readonly kind: 'expression'; readonly expressions: readonly string[] }
  | { readonly kind: 'key-value'; readonly between?: string; readonly assigns?: string }
  | { readonly kind: 'csv'; readonly separator: string; readonly columns: readonly string[] }
  | { readonly kind: 'json' }
  | { readonly kind: 'xml' };

/** Holds for a key's value; all conditions of a rule must. A key that is absent fulfils only `not`. */
export interface OwnCondition {
  readonly key: string;
  /** Any of these, compared without case. */
  readonly is?: readonly string[];
  /** The value holds this, compared without case. */
  readonly contains?: string;
  readonly not?: boolean;
}

/** What an event is where its conditions hold. Rules are applied in order; the first value of a field stays. */
export interface OwnRule {
  readonly when: readonly OwnCondition[];
  /** Catalogued field → value. */
  readonly set?: Readonly<Record<string, string>>;
  readonly classes?: readonly EventClass[];
}

/** A format that an organisation has written for its own lines: data, never code. */
export interface OwnFormat {
  /** Stands in `parse.format`. */
  readonly name: string;
  /** The whole record, or what a syslog header leaves of it. */
  readonly reads: 'record' | 'message';
  /**
   * An RE2 expression that the first record of an event matches, where an event may have several: those behind it in its stream
   * that do not match it are parts of it, and the format reads all of them as one text.
   */
  readonly begins?: string;
  readonly reading: OwnReading;
  /** Which key holds the time, in strptime patterns (`%Y-%m-%d %H:%M:%S`), tried in order. */
  readonly time?: { readonly key: string; readonly patterns: readonly string[]; readonly timeZone?: string };
  /** Key → catalogued field. A key with a catalogued name needs no entry; what has neither becomes a label. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly rules?: readonly OwnRule[];
}

/** A format that reads lines, and the log groups whose lines it reads, by their exact names. */
export interface LiveFormat {
  readonly format: OwnFormat;
  readonly logGroups: readonly string[];
}

export const ownFormatProblems = [
  'name',
  'empty',
  'too-many',
  'too-large',
  'bad-expression',
  'not-linear',
  'unknown-pattern',
  'circular-pattern',
  'no-keys',
  'unknown-field',
  'field-type',
  'unknown-class',
  'bad-time-pattern',
  'unknown-time-zone',
  'unknown-key',
  'not-for-messages',
] as const;

export type OwnFormatProblemCode = (typeof ownFormatProblems)[number];

/** What is wrong with a definition, and where: a path into it, and the part of the text there. */
export interface OwnFormatProblem {
  readonly code: OwnFormatProblemCode;
  /** `reading.patterns.0`, `fields.usr`. */
  readonly path: string;
  /** The offending text as it was written. */
  readonly near?: string;
  /** Where `near` begins in the text at `path`. */
  readonly position?: number;
}

export const ownFormatLimits = {
  nameChars: 64,
  patterns: 16,
  ownPatterns: 64,
  /** Of one pattern, written and with everything in it spelled out. */
  patternChars: 4_096,
  expandedChars: 32_768,
  /** Instructions of one compiled expression. */
  programSize: 16_384,
  columns: 256,
  fields: 128,
  rules: 128,
  conditions: 16,
  timePatterns: 8,
  /** A longer text is not read: it stays text, and says so. */
  textChars: 32_768,
  /** Text × instructions that one line may cost; where they are more, the text is not read. */
  steps: 64_000_000,
} as const;

export const ownFormatName = /^[a-z0-9][a-z0-9-]{0,63}$/;
