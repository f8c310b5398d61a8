import type { FindingState } from '@akashi/policy';

export type FindingSeverity = 'low' | 'medium' | 'high';
export type FindingNoteKind = 'comment' | 'escalation' | 'instruction' | 'change' | 'attachment';

/** What people say of a finding. Days are yyyy-mm-dd. */
export interface FindingValues {
  readonly title: string;
  readonly severity: FindingSeverity;
  readonly ownerId: string | null;
  readonly dueOn: string | null;
  readonly who: string | null;
  readonly when: Date | null;
  readonly system: string | null;
  readonly reason: string | null;
  readonly cause: string | null;
  readonly action: string | null;
  readonly outcome: string | null;
  readonly ticket: string | null;
}

export interface StoredFinding extends FindingValues {
  readonly id: string;
  /** Of the organisation, from 1. */
  readonly number: number;
  readonly state: FindingState;
  readonly reviewDay: string | null;
  readonly itemId: string | null;
  readonly report: string | null;
  readonly areaId: string | null;
  readonly areaName: string | null;
  readonly foundBy: string | null;
  readonly foundByName: string;
  readonly foundAt: Date;
  /** The owner's name now; null as well of one who is not there any more. */
  readonly ownerName: string | null;
  readonly resolvedBy: string | null;
  readonly closedBy: string | null;
  readonly closedByName: string | null;
  readonly closedAt: Date | null;
}

export interface PinnedLine {
  readonly eventId: string;
  /** Hexadecimal, of the sealed masked text. */
  readonly recordSha256: string;
  readonly time: Date;
  readonly logGroup: string;
  readonly logStream: string;
}

export interface FindingFieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface NewFindingNote {
  readonly kind: FindingNoteKind;
  readonly byId: string | null;
  readonly byName: string;
  readonly at: Date;
  readonly text: string;
  readonly changes?: readonly FindingFieldChange[] | undefined;
}

export interface StoredFindingNote extends Required<NewFindingNote> {
  readonly id: string;
  /** From 1, of the finding. */
  readonly number: number;
  readonly changes: readonly FindingFieldChange[];
}

export interface WholeFinding {
  readonly finding: StoredFinding;
  readonly lines: readonly PinnedLine[];
  /** Oldest first. */
  readonly notes: readonly StoredFindingNote[];
}

export const findingColumns = `
  f.id, f.number, f.title, f.state, f.severity, f.review_day AS "reviewDay", f.item_id AS "itemId", f.report,
  f.area_id AS "areaId", f.area_name AS "areaName", f.found_by AS "foundBy", f.found_by_name AS "foundByName",
  f.found_at AS "foundAt", f.owner_id AS "ownerId", u.display_name AS "ownerName", f.due_on AS "dueOn", f.who,
  f.when_at AS "when", f.system, f.reason, f.cause, f.action, f.outcome, f.ticket, f.resolved_by AS "resolvedBy",
  f.closed_by AS "closedBy", f.closed_by_name AS "closedByName", f.closed_at AS "closedAt"`;

export const findingTables = `finding f LEFT JOIN app_user u ON u.tenant_id = f.tenant_id AND u.id = f.owner_id`;
