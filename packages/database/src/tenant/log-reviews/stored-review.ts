import type { AreaScope, ReviewFrequency, ReviewItemState, ReviewReminder, ReviewState } from '@akashi/policy';
import type { RowFlag, Words } from '@akashi/report';

/** A report as it was when the review began. */
export interface ItemReport {
  readonly id: string;
  readonly number: number | null;
  readonly version: number;
  readonly title: Words;
}

/** An area as it was when the review began. Nobody named stands for everybody whose role allows it. */
export interface ItemArea extends AreaScope {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly frequency: ReviewFrequency;
  readonly reviewers: readonly string[];
  readonly approvers: readonly string[];
}

/** What the automatic checks found in an item, kept as it was found. */
export interface JudgedItem {
  readonly verdict: {
    readonly result: 'clear' | 'needs-look';
    readonly version: number;
    readonly reasons: readonly { readonly code: string; readonly params: Readonly<Record<string, string | number>> }[];
  };
  readonly usual: {
    readonly low: number;
    readonly middle: number;
    readonly high: number;
    readonly days: number;
  } | null;
  /** Short hashes of the shapes of its lines, by which later days know that they are not new. */
  readonly shapes: readonly string[];
  readonly newShapes: readonly { readonly shape: string; readonly events: number; readonly eventId: string }[];
  readonly flagged: readonly {
    readonly eventId: string | null;
    readonly time: string;
    readonly text: string;
    readonly flags: readonly RowFlag[];
  }[];
  /** Alerts of the day that the item is about, as far as its area holds all of their events. */
  readonly alerts?: readonly JudgedAlert[];
  /** Incidents of the day that the item is about. */
  readonly incidents?: readonly { readonly id: string; readonly kind: string; readonly where: string }[];
}

/** An alert without what the log says. */
export interface JudgedAlert {
  readonly id: string;
  readonly title: Words;
  readonly severity: string;
  readonly count: number;
  readonly firstAt: string;
}

export interface StoredItem {
  readonly id: string;
  readonly report: ItemReport;
  readonly area: ItemArea;
  readonly from: Date;
  readonly to: Date;
  readonly runId: string;
  /** Null until its run is over and was checked. */
  readonly judged: JudgedItem | null;
  readonly state: ReviewItemState;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: Date | null;
  readonly isBulk: boolean;
  readonly comment: string | null;
  readonly findingId: string | null;
}

export type ReviewActKind =
  | 'opened'
  | 'looked'
  | 'decided'
  | 'undone'
  | 'submitted'
  | 'returned'
  | 'approved'
  | 'addendum'
  | 'delegated'
  | 'missed'
  | 'late-reason';

export interface NewReviewAct {
  readonly kind: ReviewActKind;
  readonly itemId?: string | null | undefined;
  /** Null: the product itself. */
  readonly byId: string | null;
  readonly byName: string;
  readonly at: Date;
  readonly text?: string | null | undefined;
  readonly seconds?: number | null | undefined;
}

export interface StoredReviewAct {
  /** From 1, of the day. */
  readonly number: number;
  readonly kind: ReviewActKind;
  readonly itemId: string | null;
  readonly byId: string | null;
  readonly byName: string;
  readonly at: Date;
  readonly text: string | null;
  readonly seconds: number | null;
}

/** The bytes that were signed: of a revision's record (`addendum` 0), or of an addendum to it. */
export interface StoredReviewRecord {
  readonly revision: number;
  readonly addendum: number;
  readonly canonical: Uint8Array;
  /** Hexadecimal, of `canonical`. */
  readonly sha256: string;
  readonly sealedAs: string | null;
  readonly at: Date;
}

export interface StoredReview {
  readonly day: string;
  readonly timeZone: string;
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
  readonly dueAt: Date;
  readonly missedAt: Date;
  readonly state: ReviewState;
  readonly revision: number;
  readonly versions: Readonly<Record<string, string | number>>;
  readonly judgedAt: Date | null;
  readonly lateReason: string | null;
  readonly submittedBy: string | null;
  readonly submittedByName: string | null;
  readonly submittedAt: Date | null;
  readonly approvedBy: string | null;
  readonly approvedByName: string | null;
  readonly approvedAt: Date | null;
  readonly returnedComment: string | null;
  readonly separationReason: string | null;
  readonly delegatedTo: string | null;
  readonly delegatedToName: string | null;
  readonly delegatedByName: string | null;
  readonly delegationReason: string | null;
  readonly told: ReviewReminder | null;
}

/** A review with all that belongs to it. */
export interface WholeReview {
  readonly review: StoredReview;
  readonly items: readonly StoredItem[];
  readonly acts: readonly StoredReviewAct[];
}

/** A day of the calendar. */
export interface CalendarReview extends StoredReview {
  readonly items: number;
  readonly exceptions: number;
}

export const reviewColumns = `
  r.day, r.time_zone AS "timeZone", r.from_at AS "from", r.to_at AS "to", r.started_at AS "startedAt", r.due_at AS "dueAt",
  r.missed_at AS "missedAt", r.state, r.revision, r.versions, r.judged_at AS "judgedAt", r.late_reason AS "lateReason",
  r.submitted_by AS "submittedBy", r.submitted_by_name AS "submittedByName", r.submitted_at AS "submittedAt",
  r.approved_by AS "approvedBy", r.approved_by_name AS "approvedByName", r.approved_at AS "approvedAt",
  r.returned_comment AS "returnedComment", r.separation_reason AS "separationReason", r.delegated_to AS "delegatedTo",
  r.delegated_to_name AS "delegatedToName", r.delegated_by_name AS "delegatedByName",
  r.delegation_reason AS "delegationReason", r.told`;

export const itemColumns = `
  i.id, i.report, i.area, i.from_at AS "from", i.to_at AS "to", i.run_id AS "runId", i.judged, i.state,
  i.decided_by AS "decidedBy", i.decided_by_name AS "decidedByName", i.decided_at AS "decidedAt", i.is_bulk AS "isBulk",
  i.comment, i.finding_id AS "findingId"`;

export const actColumns = `
  a.number, a.kind, a.item_id AS "itemId", a.by_id AS "byId", a.by_name AS "byName", a.at, a.text, a.seconds`;
