import type { PipelineParts } from '../pipeline/process-segment.ts';

export interface VerificationParts extends PipelineParts {
  /** Where the file of the two held checkpoints is, apart from archive and database. */
  readonly heldFolder: string;
  readonly now: () => Date;
}
