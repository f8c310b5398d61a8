/** The lines of `akashi/reports`: which files a report run froze, with their hashes. */
import { memberOf, readLine, type OwnLine } from './own-lines.ts';

export interface SealedFile {
  /** Where it lies, such as `reports/2026/11/30/<run>/rows.ndjson.akr`. */
  object: string;
  /** Hexadecimal, of the file as people download it. */
  sha256: string;
  bytes: number;
}

export interface SealedReport {
  block: number;
  leaf: number;
  run: string;
  ndjsonSha256: string | null;
  files: SealedFile[];
}

/** Null for a line that seals no report. */
export function readSealedReport(line: OwnLine): SealedReport | null | 'broken' {
  const value = readLine(line.text);
  if (memberOf(value, 'event', 'action') !== 'report.sealed') return null;
  const report = memberOf(value, 'akashi', 'report');
  const objects = memberOf(report, 'objects');
  const run = memberOf(report, 'run');
  if (typeof run !== 'string' || typeof objects !== 'object' || objects === null) return 'broken';
  const files: SealedFile[] = [];
  for (const [name, object] of Object.entries(objects)) {
    const [sha256, bytes] = [memberOf(report, 'sha256', name), memberOf(report, 'bytes', name)];
    if (typeof object !== 'string' || typeof sha256 !== 'string' || typeof bytes !== 'number') return 'broken';
    files.push({ object, sha256, bytes });
  }
  const ndjson = memberOf(report, 'sha256', 'ndjson');
  const { block, leaf } = line;
  return { block, leaf, run, ndjsonSha256: typeof ndjson === 'string' ? ndjson : null, files };
}
