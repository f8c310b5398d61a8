import type { Archive } from '@akashi/archive';
import type { OwnLogSender } from '@akashi/client';
import type { Database, KnownClaims, TakenReportRun, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { Search } from '@akashi/search';

/** Places where a crash is worth testing. */
export type ReportStep =
  'report-taken' | 'report-read' | 'report-rows-frozen' | 'report-files-frozen' | 'report-frozen' | 'report-line-sent';

/** What a run of a report is made with. */
export interface ReportParts {
  readonly database: Pick<Database, 'forTenant' | 'platform'>;
  readonly archive: Archive;
  readonly keyring: Pick<Keyring, 'forTenant'>;
  readonly search: Pick<Search, 'forTenant'>;
  readonly log: OwnLogSender;
  readonly claims: KnownClaims;
  readonly productVersion: string;
  readonly newNonce: () => Uint8Array;
  readonly onStep: (step: ReportStep) => void;
  readonly now: () => Date;
}

/** A run in the hands of this worker. */
export interface RunInHand {
  readonly tenantId: TenantId;
  readonly run: TakenReportRun;
  /** Between 0 and 1. Throws a RunLostError when the run is another's by now, or was cancelled. */
  progress(share: number): Promise<void>;
}

/** The run was cancelled, or another worker has it: whatever this one does with it counts no more. */
export class RunLostError extends Error {
  override readonly name = 'RunLostError';
  readonly code = 'run-lost';

  constructor() {
    super('the run of a report is not this worker’s any more');
  }
}
