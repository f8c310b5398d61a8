export type RestoreKind = 'by-hand' | 'drill';

export type RestoreState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed' | 'expired';

/** Which records: of these log groups, received in the period. */
export interface RestoreExtent {
  readonly logGroups: readonly string[];
  /** Receive time, included. */
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/** What the archive has of an extent, by the ledger alone. */
export interface RestoreAmounts {
  /** Log groups that have records in it. */
  readonly logGroups: readonly string[];
  readonly blocks: number;
  /** At most: blocks at the edges of the period count whole. */
  readonly records: number;
  /** Of the objects that are read. */
  readonly bytes: number;
  readonly firstReceived: Date | null;
  readonly lastReceived: Date | null;
  /** The newest block of the log; -1 of an empty log. */
  readonly lastBlock: number;
  /** When the first of these blocks is past its keeping; null: none is within the years that a date can say. */
  readonly keptUntil: Date | null;
}

export interface NewRestore extends RestoreExtent {
  /** The caller's, so that it can be on record before it is there: `newUnmaskedId`. */
  readonly id: string;
  readonly kind: RestoreKind;
  readonly amounts: Pick<RestoreAmounts, 'blocks' | 'records' | 'bytes' | 'lastBlock'>;
  readonly estimateSeconds: number;
  readonly requestedBy: { readonly id: string | null; readonly name: string } | null;
  readonly at: Date;
}

export interface Restore extends RestoreExtent {
  readonly id: string;
  readonly kind: RestoreKind;
  /** What is sealed after this block is no part of it. */
  readonly lastBlock: number;
  readonly blocks: number;
  readonly records: number;
  readonly bytes: number;
  readonly estimateSeconds: number;
  readonly requestedBy: string | null;
  readonly requestedById: string | null;
  readonly createdAt: Date;
  readonly state: RestoreState;
  /** Every block up to this one is done; -1 when none is. */
  readonly doneBlock: number;
  /** Of `records`, how many are behind. */
  readonly doneRecords: number;
  /** How many documents there are. */
  readonly restoredRecords: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
  readonly removedAt: Date | null;
  readonly errorCode: string | null;
  readonly attempts: number;
}

/** A block of an extent. */
export interface RestoreBlock {
  readonly number: number;
  /** Of the chosen log groups; at most. */
  readonly records: number;
  /** Of all log groups. */
  readonly allRecords: number;
}

export const restoreColumns = `
  r.id, r.kind, r.log_groups AS "logGroups", r.from_at AS "from", r.to_at AS "to", r.last_block AS "lastBlock", r.blocks,
  r.records, r.bytes, r.estimate_seconds AS "estimateSeconds", r.requested_by AS "requestedBy",
  r.requested_by_id AS "requestedById", r.created_at AS "createdAt", r.state, r.done_block AS "doneBlock",
  r.done_records AS "doneRecords", r.restored_records AS "restoredRecords", r.started_at AS "startedAt",
  r.finished_at AS "finishedAt", r.expires_at AS "expiresAt", r.ended_at AS "endedAt", r.ended_by AS "endedBy",
  r.removed_at AS "removedAt", r.error_code AS "errorCode", r.attempts`;
