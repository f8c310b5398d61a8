import type { RowClock } from '../clock/row-clock.ts';
import type { FlagKind } from '../definitions/report-definition.ts';

/** Why a row is flagged: the rule and the figures that made it so, never content of other lines. */
export interface RowFlag {
  readonly kind: FlagKind;
  readonly details?: Readonly<Record<string, string | number>> | undefined;
}

export interface RowPerson {
  readonly id: string;
  readonly name: string;
  readonly certainty: 'certain' | 'likely';
}

/** Work that followed an elevation without approval. */
export interface FollowingAct {
  readonly eventId: string;
  readonly time: string;
  readonly action: string;
  readonly command: string;
}

/** Work that was approved, as the table of approvals had it when the run was made. Moments are RFC 3339 in UTC. */
export interface RowApproval {
  readonly target: string;
  /** Null: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly number: string | null;
  readonly purpose: string | null;
  readonly approver: string | null;
}

/**
 * One line of a report, as it is frozen. Moments are RFC 3339 in UTC. A row without an event is about what did not happen:
 * `eventId`, `recordSha256` and `record` are then null.
 */
export interface ReportRow {
  readonly eventId: string | null;
  readonly time: string;
  readonly receivedAt: string;
  readonly person: RowPerson | null;
  readonly user: string | null;
  /** With which authority: the account acted as, roles, privileges. */
  readonly authority: string | null;
  readonly action: string | null;
  readonly outcome: 'success' | 'failure' | 'unknown' | null;
  readonly origin: string | null;
  /** What it was done to: file, table, service, rule. */
  readonly object: string | null;
  /** The account or person it was done to. */
  readonly target: string | null;
  readonly host: string | null;
  readonly logGroup: string;
  readonly logStream: string;
  readonly classes: readonly string[];
  readonly command: string | null;
  readonly before: string | null;
  readonly after: string | null;
  /** Records that one access touched, where the line says so. */
  readonly count: number | null;
  readonly approval: 'inside' | 'outside' | 'unknown' | null;
  /** What covers it; of an act outside approval, what the person was approved for around then. */
  readonly approvals?: readonly RowApproval[] | undefined;
  readonly flags: readonly RowFlag[];
  /** When the rights or session that it began ended, where that is known. */
  readonly until: string | null;
  readonly followedBy?: readonly FollowingAct[] | undefined;
  /** Of a row that is a host. */
  readonly clock?: RowClock | undefined;
  readonly recordSha256: string | null;
  readonly record: string | null;
}
