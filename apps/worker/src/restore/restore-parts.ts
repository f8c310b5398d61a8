import type { RestoreName, TakenRestore } from '@akashi/database';
import type { PipelineParts } from '../pipeline/process-segment.ts';

/** Places where a crash is worth testing. */
export type RestoreStep =
  | 'restore-taken'
  | 'restore-prepared'
  | 'restore-written'
  | 'restore-proven'
  | 'restore-noted'
  | 'restore-counted'
  | 'restore-finished'
  | 'restore-removed';

/** What a set is made with: of the pipeline, what derives and writes documents. */
export interface RestoreParts extends Pick<
  PipelineParts,
  'database' | 'archive' | 'keyring' | 'search' | 'bulkSlots' | 'compute' | 'derivationOf'
> {
  /** Blocks that are written, proven and noted in one step, at most. */
  readonly windowBlocks: number;
  readonly onStep: (step: RestoreStep) => void;
  readonly now: () => Date;
}

/** A set in the hands of this worker. */
export interface RestoreInHand {
  readonly tenantId: RestoreName['tenantId'];
  readonly restore: TakenRestore;
  /** Aborted when the set was cancelled, is another worker's by now, or the process stops. */
  readonly signal: AbortSignal;
}

/** The set was cancelled, or another worker has it: whatever this one does with it counts no more. */
export class RestoreLostError extends Error {
  override readonly name = 'RestoreLostError';
  readonly code = 'restore-lost';

  constructor() {
    super('the restore is not this worker’s any more');
  }
}

/** What was read back from the index is not what is sealed. */
export class RestoreMismatchError extends Error {
  override readonly name = 'RestoreMismatchError';
  readonly code = 'restored-records-differ';

  constructor(where: string) {
    super(`what was restored is not what is sealed: ${where}`);
  }
}
