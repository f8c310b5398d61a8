import type {
  MasterImportAnswer,
  MasterRowAnswer,
  MasterRowChanged,
  MasterRowHistory,
  MasterRowsAnswer,
  MasterRowValues,
  MastersAnswer,
  MasterTableAnswer,
  MasterVersionAnswer,
  MasterVersionsAnswer,
  NewMaster,
} from '@akashi/contracts';
import { callApi } from './call-api.ts';

export type { NewMaster, MasterImportAnswer, MasterRowsAnswer, MasterRowValues };
export type Master = MasterTableAnswer;
export type MasterColumn = Master['columns'][number];
export type MasterRow = MasterRowAnswer;
export type MasterVersion = MasterVersionAnswer;
export type RowShape = MasterRowHistory['items'][number];
export type ImportChange = MasterImportAnswer['changes'][number];
export type Overlap = MasterImportAnswer['overlaps'][number];

export interface RowsFilter {
  at: string | null;
  query: string;
  version: number | null;
}

export interface ImportFile {
  bytes: ArrayBuffer;
  charset: 'utf-8' | 'shift_jis' | null;
}

export interface ImportChoices {
  replace: boolean;
  correct: boolean;
  year: number | null;
}

export async function readMasters(signal: AbortSignal): Promise<Master[]> {
  return (await callApi<MastersAnswer>({ path: '/v1/masters', signal })).items;
}

export function createMaster(values: NewMaster): Promise<Master> {
  return callApi({ method: 'POST', path: '/v1/masters', body: values });
}

export function readMasterRows(
  place: { master: string; filter: RowsFilter },
  cursor: string | null,
  signal: AbortSignal,
): Promise<MasterRowsAnswer> {
  const { at, query, version } = place.filter;
  const asked = search({ at, query, version: version === null ? null : String(version), cursor, limit: '100' });
  return callApi({ path: `${masterPath(place.master)}/rows?${asked}`, signal });
}

export function readMasterVersions(
  master: string,
  before: number | null,
  signal: AbortSignal,
): Promise<MasterVersionsAnswer> {
  const asked = search({ before: before === null ? null : String(before), limit: '50' });
  return callApi({ path: `${masterPath(master)}/versions?${asked}`, signal });
}

export async function readRowHistory(master: string, id: string, signal: AbortSignal): Promise<RowShape[]> {
  return (await callApi<MasterRowHistory>({ path: `${rowPath(master, id)}/history`, signal })).items;
}

/** What an import would do; with `isDry: false`, what it has done. */
export function importMaster(
  master: string,
  table: ImportFile,
  { replace, correct, year, isDry }: ImportChoices & { isDry: boolean },
): Promise<MasterImportAnswer> {
  const asked = search({
    dryRun: String(isDry),
    replace: String(replace),
    correct: String(correct),
    year: year === null ? null : String(year),
  });
  return callApi({ method: 'POST', path: `${masterPath(master)}/import?${asked}`, table });
}

export function addMasterRow(master: string, values: MasterRowValues): Promise<MasterRowChanged> {
  return callApi({ method: 'POST', path: `${masterPath(master)}/rows`, body: values });
}

export function changeMasterRow(master: string, id: string, values: MasterRowValues): Promise<MasterRowChanged> {
  return callApi({ method: 'PUT', path: rowPath(master, id), body: values });
}

export function endMasterRow(master: string, id: string, at: string | null): Promise<MasterRowChanged> {
  return callApi({ method: 'DELETE', path: `${rowPath(master, id)}?${search({ at })}` });
}

export function masterExportPath(master: string, { at, version }: Omit<RowsFilter, 'query'>): string {
  return `${masterPath(master)}/export?${search({ at, version: version === null ? null : String(version) })}`;
}

function masterPath(master: string): string {
  return `/v1/masters/${encodeURIComponent(master)}`;
}

function rowPath(master: string, id: string): string {
  return `${masterPath(master)}/rows/${encodeURIComponent(id)}`;
}

function search(given: Readonly<Record<string, string | null>>): string {
  const entries = Object.entries(given).filter(
    (entry): entry is [string, string] => entry[1] !== null && entry[1] !== '',
  );
  return new URLSearchParams(entries).toString();
}
