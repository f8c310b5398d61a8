import type { AreaScope, ScopePart } from '@akashi/policy';
import type { ReportDefinition, ReportTags, RunState, RunSummary, WorkingHours } from '@akashi/report';

export type ReportRunKind = 'duty' | 'by-hand' | 'addendum';

export type ReportRunState = RunState;

/** An area as it was when the run was made. */
export interface RunArea extends AreaScope {
  readonly id: string;
  readonly name: string;
}

/** What a run goes by beside its definition, as it was when it was made. */
export interface ReportBasis {
  /** Which events: of the area, or what whoever asked for the run saw as a whole. */
  readonly scope: readonly ScopePart[];
  /** The organisation's. */
  readonly timeZone: string;
  readonly language: 'ja' | 'en';
  readonly organisation: { readonly ja: string; readonly en: string };
  /** Of the area, or the organisation's. */
  readonly hours: WorkingHours;
  readonly tags: ReportTags;
  /** Whether it reads the restored sets that stand when it is made. */
  readonly includeRestored?: boolean;
}

export interface NewReportRun {
  /** The caller's, so that the run can be on record before it is there: `newUnmaskedId`. */
  readonly id: string;
  readonly definition: ReportDefinition;
  /** Null: everything that the scope names. */
  readonly area: RunArea | null;
  readonly basis: ReportBasis;
  /** Receive time, included. */
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  /** The organisation's day, as yyyy-mm-dd, of what a duty makes. */
  readonly day: string | null;
  readonly kind: ReportRunKind;
  readonly requestedBy: { readonly id: string | null; readonly name: string } | null;
  readonly at: Date;
  /** When a worker may take it; `at` when not given. */
  readonly takeableAt?: Date;
  /** Of an addendum: the run that it adds to, and the moment after which what it lists could be read. */
  readonly addendum?: { readonly to: string; readonly indexedAfter: Date };
}

/** A file as it lies in the archive. */
export interface FrozenFile {
  readonly format: 'ndjson' | 'csv' | 'pdf';
  readonly language: 'ja' | 'en' | null;
  /** Of the file as it is downloaded; hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** The key of the object in the organisation's archive. */
  readonly object: string;
}

/** What reading found: written once. */
export interface FrozenRun {
  readonly rows: number;
  readonly flagged: number;
  readonly summary: RunSummary;
  readonly files: readonly FrozenFile[];
  /** Versions of the master tables by name. */
  readonly masters: Readonly<Record<string, number>>;
  readonly frozenAt: Date;
}

export interface ReportRun {
  readonly id: string;
  readonly report: string;
  readonly version: number;
  readonly definition: ReportDefinition;
  readonly area: RunArea | null;
  readonly basis: ReportBasis;
  readonly from: Date;
  readonly to: Date;
  readonly day: string | null;
  readonly kind: ReportRunKind;
  readonly addendumTo: string | null;
  readonly indexedAfter: Date | null;
  readonly requestedBy: string | null;
  readonly requestedById: string | null;
  readonly createdAt: Date;
  readonly state: ReportRunState;
  /** 0 to 1. */
  readonly progress: number;
  readonly rows: number;
  readonly flagged: number;
  readonly summary: RunSummary | null;
  readonly files: readonly FrozenFile[];
  readonly masters: Readonly<Record<string, number>> | null;
  /** Everything that was indexed by then is in it. */
  readonly readAt: Date | null;
  readonly frozenAt: Date | null;
  /** The event of `akashi/reports` that holds the hashes; null until it can be found. */
  readonly sealedAs: string | null;
  readonly finishedAt: Date | null;
  readonly errorCode: string | null;
  readonly attempts: number;
}

/** A run as the day's review and its record tell of it: not what it goes by. */
export interface RunOfDay extends Pick<
  ReportRun,
  | 'id'
  | 'report'
  | 'area'
  | 'kind'
  | 'addendumTo'
  | 'createdAt'
  | 'state'
  | 'progress'
  | 'rows'
  | 'flagged'
  | 'summary'
  | 'files'
> {
  readonly definition: Pick<ReportDefinition, 'id' | 'number' | 'version' | 'title' | 'duty'>;
}

/** `summary` is null where it is not asked for, and of addenda, of which a day tells the numbers alone. */
export const dayColumns = (hasSummaries: boolean): string => `
  r.id, r.report, r.area, r.kind, r.addendum_to AS "addendumTo", r.created_at AS "createdAt", r.state, r.progress,
  r.rows, r.flagged, r.files, ${hasSummaries ? "CASE r.kind WHEN 'duty' THEN r.summary END" : 'NULL'} AS summary,
  (SELECT jsonb_object_agg(member.key, member.value) FROM jsonb_each(r.definition) member
   WHERE member.key IN ('id', 'number', 'version', 'title', 'duty')) AS definition`;

export const runColumns = `
  r.id, r.report, r.version, r.definition, r.area, r.basis, r.from_at AS "from", r.to_at AS "to",
  to_char(r.day, 'YYYY-MM-DD') AS day, r.kind, r.addendum_to AS "addendumTo", r.indexed_after AS "indexedAfter",
  r.requested_by AS "requestedBy", r.requested_by_id AS "requestedById", r.created_at AS "createdAt", r.state, r.progress,
  r.rows, r.flagged, r.summary, r.files, r.masters, r.read_at AS "readAt", r.frozen_at AS "frozenAt",
  r.sealed_as AS "sealedAs", r.finished_at AS "finishedAt", r.error_code AS "errorCode", r.attempts`;
