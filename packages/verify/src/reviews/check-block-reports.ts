import type { DataKeys } from '../check-block.ts';
import type { Problem } from '../findings.ts';
import type { ObjectSource } from '../object-source.ts';
import { openStore } from '../object-store.ts';
import { ownLinesOf } from './own-lines.ts';
import { readSealedReport } from './sealed-reports.ts';
import { checkReportFile } from './verify-reports.ts';

/**
 * What is wrong with the report files that the records of one proven block seal: for whoever verifies a log block by block.
 * `payload` is the block's records, opened.
 */
export async function checkBlockReports(
  place: { readonly source: ObjectSource; readonly tenantId: string; readonly dataKeys: DataKeys },
  block: number,
  payload: Uint8Array,
): Promise<Problem[]> {
  const checks = { store: openStore(place.source), tenantId: place.tenantId, dataKeys: place.dataKeys };
  const problems: Problem[] = [];
  for (const line of ownLinesOf(block, payload)) {
    if (line.group !== 'reports') continue;
    const report = readSealedReport(line);
    if (report === null || report === 'broken') continue;
    for (const file of report.files) {
      const problem = await checkReportFile(checks, report, file);
      if (problem !== null) problems.push(problem);
    }
  }
  return problems;
}
