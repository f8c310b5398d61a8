import type { FileHead } from '../openapi/answers-file.ts';
import type { OpenedFile } from './report-runs.service.ts';

export const fileTypes = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
} as const;

/** `failed-sign-ins-2026-11-29-DB.csv`, in full with the report's title and the area's name in the file's language. */
export function fileHead({ run, file }: Pick<OpenedFile, 'run' | 'file'>): FileHead {
  const { format, bytes, sha256 } = file;
  const language = file.language ?? run.basis.language;
  const day = run.day ?? dayIn(run.basis.timeZone, run.from);
  const suffix = file.language === null ? format : `${file.language}.${format}`;
  const area = run.area === null ? [] : [run.area.name];
  const full = [run.definition.title[language], day, ...area]
    .join(' ')
    .toWellFormed()
    .replaceAll(/[\p{Cc}\\/:*?"<>|]/gu, '-');
  return {
    type: fileTypes[format],
    bytes,
    sha256,
    name: { plain: `${run.report}-${day}-${run.id.slice(0, 8)}.${suffix}`, full: `${full}.${suffix}` },
  };
}

function dayIn(timeZone: string, moment: Date): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const of = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  return `${of['year'] ?? ''}-${of['month'] ?? ''}-${of['day'] ?? ''}`;
}
