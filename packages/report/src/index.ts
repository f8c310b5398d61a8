export type { RowClock } from './clock/row-clock.ts';
export { listsClocks, productReports, timeReport } from './clock/time-report.ts';
export { checkDefinition, checkTags, type DefinitionProblem } from './definitions/check-definition.ts';
export {
  definitionsInForce,
  type DefinitionInForce,
  type SavedDefinition,
} from './definitions/definitions-in-force.ts';
export {
  clockColumns,
  flagKinds,
  reportColumns,
  type ClockColumn,
  type FlagKind,
  type FlagRule,
  type PlotRule,
  type ReportColumn,
  type ReportDefinition,
  type Words,
} from './definitions/report-definition.ts';
export { selectionOfReport, UnreadableConditionError } from './definitions/report-selection.ts';
export { usualTags, type ReportTags } from './definitions/report-tags.ts';
export { standardReports } from './definitions/standard-reports.ts';
export { usualHours, type WorkingHours } from './definitions/working-hours.ts';
export type { ReportContext } from './flags/report-context.ts';
export { ReportReading, type FirstTimeKey } from './flags/report-reading.ts';
export {
  accountKey,
  unchangedCredentials,
  type AccountsAtEnd,
  type KnownAccount,
} from './flags/unchanged-credentials.ts';
export { plotFontSize, plotShapes, type PlotPicture, type PlotShape } from './plot/plot-shapes.ts';
export { plotSvg, printColours, type PlotColours, type PlotSettings } from './plot/plot-svg.ts';
export type { ReportEvent } from './row/report-event.ts';
export type { FollowingAct, ReportRow, RowApproval, RowFlag, RowPerson } from './row/report-row.ts';
export { columnSources, rowOf } from './row/row-of.ts';
export { runStates, type RunState } from './row/run-state.ts';
export type { CountOf, RunSummary } from './row/run-summary.ts';
export { SummaryCount } from './summary/summarize.ts';
export {
  actText,
  cellText,
  columnWords,
  flagText,
  flagWords,
  outcomeWords,
  type ReportLanguage,
} from './words/report-words.ts';
export type { CellWriting } from './words/clock-words.ts';
export { RowShapes, type RowShape } from './review/row-shapes.ts';
export { usualRange } from './review/usual-range.ts';
export {
  areRulesBehind,
  judgeDay,
  verdictVersion,
  type RulesOfDay,
  type Verdict,
  type VerdictReason,
} from './review/verdict.ts';
