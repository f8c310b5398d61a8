export {
  definitionsInForce,
  type DefinitionInForce,
  type SavedDefinition,
} from './definitions/definitions-in-force.ts';
export {
  reportColumns,
  type FlagKind,
  type FlagRule,
  type PlotRule,
  type ReportColumn,
  type ReportDefinition,
  type Words,
} from './definitions/report-definition.ts';
export { usualHours, type WorkingHours } from './definitions/working-hours.ts';
export type { FollowingAct, ReportRow, RowFlag, RowPerson } from './row/report-row.ts';
export type { CountOf, RunSummary } from './row/run-summary.ts';
