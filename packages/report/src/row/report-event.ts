import type { FlatDocument } from '@akashi/query';
import type { ReportRow, RowPerson } from './report-row.ts';

/** An event as a run reads it. Times are epoch milliseconds. */
export interface ReportEvent {
  readonly id: string;
  readonly timeMs: number;
  readonly receivedMs: number;
  readonly logGroup: string;
  readonly logStream: string;
  /** As it stands in the index: flat dotted names, `labels` as an object. */
  readonly document: FlatDocument;
  /** The sealed masked text. */
  readonly record: string;
  /** Hexadecimal, of its bytes. */
  readonly recordSha256: string;
  readonly person: RowPerson | null;
  /** Tables that lead to another person as well. */
  readonly hasConflict: boolean;
  readonly approval: ReportRow['approval'];
  readonly approvals?: ReportRow['approvals'];
  /** The end of the session or elevation that it began, where that is known. */
  readonly untilMs: number | null;
}
