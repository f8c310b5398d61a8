import type { WorkingHours } from '../definitions/working-hours.ts';

/** What flags are decided by, beside the events: frozen with the run. */
export interface ReportContext {
  /** The organisation's zone. */
  readonly timeZone: string;
  /** Of the area, or the organisation's. */
  readonly hours: WorkingHours;
  /** Whether the organisation keeps approvals at all: without any, nothing can be outside them. */
  readonly keepsApprovals: boolean;
}
