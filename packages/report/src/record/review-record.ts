/**
 * The log review record (ログレビュー記録): what was reviewed on one day, by whom, with which result. Its canonical bytes
 * (RFC 8785) are what people sign, so every member has one meaning and one spelling: moments are RFC 3339 in UTC with
 * three digits of seconds, days `yyyy-mm-dd`, hashes hexadecimal SHA-256, and what is not known is null.
 */
import { canonicalBytes, sha256 } from '@akashi/integrity';
import type { Words } from '../definitions/report-definition.ts';

export const recordFormat = 'akashi review record v1';
export const addendumFormat = 'akashi review addendum v1';

/** A person as known when it was written; the id is the member's. */
export interface RecordPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** A report's frozen run: `ndjsonSha256` binds the record to every row that the review was about. */
export interface RecordRun {
  readonly id: string;
  readonly kind: 'duty' | 'by-hand' | 'addendum';
  readonly state: 'done' | 'failed' | 'cancelled';
  readonly rows: number;
  readonly flagged: number;
  readonly ndjsonSha256: string | null;
}

export interface RecordReport {
  readonly id: string;
  readonly number: number | null;
  readonly version: number;
  readonly title: Words;
}

export interface RecordArea {
  readonly id: string;
  readonly name: string;
  readonly category: string;
}

export interface RecordVerdict {
  readonly result: 'clear' | 'needs-look';
  /** Of the automatic checks. */
  readonly version: number;
  readonly reasons: readonly { readonly code: string; readonly params: Readonly<Record<string, string | number>> }[];
}

/** One required report of one area, and what a person found in it. */
export interface RecordItem {
  readonly id: string;
  readonly report: RecordReport;
  readonly area: RecordArea;
  readonly run: RecordRun;
  readonly addenda: readonly RecordRun[];
  readonly usual: {
    readonly low: number;
    readonly middle: number;
    readonly high: number;
    readonly days: number;
  } | null;
  readonly verdict: RecordVerdict;
  readonly result: 'no-finding' | 'exception';
  readonly decidedBy: RecordPerson;
  readonly decidedAt: string;
  /** Decided together with other clear items. */
  readonly isBulk: boolean;
  readonly comment: string | null;
  /** Who had it open, and for how long. */
  readonly looks: readonly { readonly by: RecordPerson; readonly seconds: number }[];
  /** Number of the finding that an exception became. */
  readonly finding: number | null;
}

export interface RecordReference {
  readonly report: RecordReport;
  readonly area: RecordArea;
  readonly run: RecordRun;
}

/** A finding as it stood at the submission; its lines are pinned by the hash of their sealed text. */
export interface RecordFinding {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly severity: 'low' | 'medium' | 'high';
  readonly owner: RecordPerson | null;
  readonly dueOn: string | null;
  readonly who: string | null;
  readonly when: string | null;
  readonly system: string | null;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly action: string | null;
  readonly outcome: string | null;
  readonly ticket: string | null;
  readonly lines: readonly { readonly eventId: string; readonly recordSha256: string }[];
  /** Escalations, instructions and comments, oldest first. */
  readonly notes: readonly {
    readonly kind: string;
    readonly by: RecordPerson;
    readonly at: string;
    readonly text: string;
  }[];
}

export interface RecordIncident {
  readonly id: string;
  readonly kind: string;
  readonly where: string;
  readonly startedAt: string;
  readonly state: string;
}

export interface ReviewRecord {
  readonly format: typeof recordFormat;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly day: string;
  readonly timeZone: string;
  /** Receive time, the end not included. */
  readonly period: { readonly from: string; readonly to: string };
  /** From 1, one more with each submission of the day. */
  readonly revision: number;
  readonly startedAt: string;
  readonly dueAt: string;
  readonly isLate: boolean;
  readonly lateReason: string | null;
  /** What was frozen at the start: versions of rules, masters, formats by name. */
  readonly versions: Readonly<Record<string, string | number>>;
  readonly reviewer: RecordPerson;
  readonly delegation: { readonly to: RecordPerson; readonly by: RecordPerson; readonly reason: string } | null;
  readonly items: readonly RecordItem[];
  readonly reference: readonly RecordReference[];
  readonly findings: readonly RecordFinding[];
  readonly incidents: readonly RecordIncident[];
  readonly statement: string | null;
  readonly comment: string | null;
}

/** What is said of a record after its approval. It changes nothing: it is signed and stands beside the record. */
export interface ReviewAddendum {
  readonly format: typeof addendumFormat;
  readonly tenant: { readonly id: string; readonly name: string };
  readonly day: string;
  /** From 1, one more with each addendum of the day. */
  readonly number: number;
  /** The record that it adds to. */
  readonly revision: number;
  readonly recordSha256: string;
  readonly by: RecordPerson;
  readonly text: string;
}

/** The bytes that are hashed, signed and sealed. */
export function recordBytes(record: ReviewRecord | ReviewAddendum): Uint8Array {
  return canonicalBytes(record);
}

/** Hexadecimal SHA-256 of a record's canonical bytes: what a signature is over. */
export function recordSha256(bytes: Uint8Array): string {
  return sha256(bytes).toString('hex');
}
