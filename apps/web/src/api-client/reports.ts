import type { ReportAnswer, ReportDefinitionInput, ReportsAnswer } from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type Report = ReportAnswer;
export type ReportInput = ReportDefinitionInput;

export async function readReports(signal: AbortSignal): Promise<Report[]> {
  return (await callApi<ReportsAnswer>({ path: '/v1/reports', signal })).items;
}

/** An organisation's own report. */
export function createReport(body: ReportInput): Promise<Report> {
  return callApi({ method: 'POST', path: '/v1/reports', body });
}

/** A new version; runs of earlier ones stay as they are. */
export function changeReport(id: string, body: ReportInput): Promise<Report> {
  return callApi({ method: 'PUT', path: reportPath(id), body });
}

/** Ends an own report; one of the eleven goes back to its standard definition. */
export function resetReport(id: string): Promise<unknown> {
  return callApi({ method: 'DELETE', path: reportPath(id) });
}

function reportPath(id: string): string {
  return `/v1/reports/${encodeURIComponent(id)}`;
}
