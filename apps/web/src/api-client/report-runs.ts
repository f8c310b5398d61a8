import type {
  NewReportRun,
  ReportRowAnswer,
  ReportRowsAnswer,
  ReportRunAnswer,
  ReportRunsAnswer,
} from '@akashi/contracts';
import { callApi, readFile } from './call-api.ts';

export type ReportRun = ReportRunAnswer;
export type ListedRun = ReportRunsAnswer['items'][number];
export type RunFile = ReportRun['files'][number];
export type ReportRow = ReportRowAnswer;
export type RowFlag = ReportRow['flags'][number];
export type FlagKind = RowFlag['kind'];

export interface RunsFilter {
  day: string | null;
  report: string | null;
  area: string | null;
  kind: ReportRun['kind'] | null;
}

export interface RowsFilter {
  flagged: boolean | null;
  flag: FlagKind | null;
}

const runsAtOnce = 100;
/** As many as one frame of the frozen file holds. */
const rowsAtOnce = 1_000;

export function readReportRuns(
  filter: RunsFilter,
  cursor: string | null,
  signal: AbortSignal,
): Promise<ReportRunsAnswer> {
  return callApi({ path: `/v1/report-runs?${search({ ...filter, cursor, limit: String(runsAtOnce) })}`, signal });
}

export function readReportRun(id: string, signal: AbortSignal): Promise<ReportRun> {
  return callApi({ path: runPath(id), signal });
}

/** Begins a run; it is made in the background. */
export function startReportRun(report: string, body: NewReportRun): Promise<ListedRun> {
  return callApi({ method: 'POST', path: `/v1/reports/${encodeURIComponent(report)}/runs`, body });
}

export function cancelReportRun(id: string): Promise<unknown> {
  return callApi({ method: 'POST', path: `${runPath(id)}/cancel` });
}

export function readReportRows(
  { id, filter, limit = rowsAtOnce }: { id: string; filter: RowsFilter; limit?: number },
  cursor: string | null,
  signal: AbortSignal,
): Promise<ReportRowsAnswer> {
  const flagged = filter.flagged === null ? null : String(filter.flagged);
  const asked = search({ flagged, flag: filter.flag, cursor, limit: String(limit) });
  return callApi({ path: `${runPath(id)}/rows?${asked}`, signal });
}

const mediaTypes = { ndjson: 'application/x-ndjson', csv: 'text/csv', pdf: 'application/pdf' } as const;

/** The frozen file, byte by byte. */
export function readRunFile(id: string, { format, language }: RunFile): Promise<Blob> {
  return readFile(`${runPath(id)}/file?${search({ format, language })}`, mediaTypes[format]);
}

function runPath(id: string): string {
  return `/v1/report-runs/${encodeURIComponent(id)}`;
}

function search(given: Readonly<Record<string, string | null>>): string {
  return new URLSearchParams(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== null),
  ).toString();
}
