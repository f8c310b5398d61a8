import type { PipelineParts } from '../pipeline/process-segment.ts';

export interface VerificationParts extends PipelineParts {
  /** For the thread that verifies a whole archive: it opens both by itself. */
  readonly archiveUrl: string;
  readonly keysFolder: string;
  /** Where the file of the two held checkpoints is, apart from archive and database. */
  readonly heldFolder: string;
  /** Whose folder that is. */
  readonly node: string;
  readonly now: () => Date;
  /** For that thread, which has a clock of its own. */
  readonly clockOffsetSeconds: number;
}
