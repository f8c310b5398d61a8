export { decodeTable, tableEncoding, type DecodedTable, type TableEncoding } from './masters/decode-table.ts';
export { findOverlaps, type Overlap, type Overlaps } from './masters/find-overlaps.ts';
export {
  columnTypes,
  type ColumnType,
  type MasterColumn,
  type MasterDefinition,
  type TwoLanguages,
} from './masters/master-definition.ts';
export { isValidAt, type MasterRow, type Validity } from './masters/master-row.ts';
export { planImport, type ImportedRow, type ImportOptions, type ImportPlan } from './masters/plan-import.ts';
export { readAddress } from './masters/network-address.ts';
export type { PeriodFault, PeriodResult, TimeReading, WrittenPeriod } from './masters/read-period.ts';
export {
  readRow,
  type ReadRow,
  type RowFault,
  type RowReading,
  type RowReason,
  type RowResult,
} from './masters/read-row.ts';
export { readTable, type ReadTable, type TableFault, type TableReason } from './masters/read-table.ts';
export { keptValues, sameValues, valuesOfRow } from './masters/row-values.ts';
export { tableOfRows, type TableForm } from './masters/table-of-rows.ts';
export { longestCell, type CellFault, type CellResult } from './masters/read-value.ts';
export { standardMaster, standardMasters } from './masters/standard-masters.ts';
export { claimsOf, type ApprovedWork, type Claims } from './claims/claims-of.ts';
export type { Certainty, Claim, ClaimKind, Reason, ReasonKind, ReasonTable } from './claims/claim.ts';
export { longestLeaseMs } from './claims/lease-periods.ts';
export { longestSessionMs, machineOf, sessionsOf, type SessionPeriod } from './claims/session-periods.ts';
export { firstLabel } from './claims/name-variants.ts';
export type { FactKind, LearnedFact } from './learn/learned-fact.ts';
export { learnFrom, mayTeach, type ReadEvent } from './learn/learn-from.ts';
export { actFields } from './resolve/act-fields.ts';
export { approvalOf, coverOf, workClasses, type Approval } from './resolve/approval-of.ts';
export { approvalsNear } from './resolve/approvals-near.ts';
export { explainReason } from './resolve/explain-reason.ts';
export { peopleOf, resolve, type EventAtTime, type Resolution } from './resolve/resolve.ts';
export { selectionOf, type Selection } from './selection/selection-of.ts';
export { stepsOf, type ResolutionStep, type StepTaken } from './resolve/steps-of.ts';
export { clausesOf } from './selection/selection-of.ts';
