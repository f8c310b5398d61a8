export const sealingErrorCodes = [
  /** The archive holds fewer log entries than the ledger: something was removed. */
  'archive-behind-ledger',
  /** An object that the log needs exists with other bytes: two writers, or tampering. */
  'archive-object-conflict',
  /** A block that a crash left cannot be opened, or holds other records than its header says. */
  'leftover-unreadable',
  /** The archived log does not verify. */
  'archived-log-unreadable',
  /** The organisation is closed and its keys are destroyed: nothing comes behind the statement that says so. */
  'log-ended',
  /** A landing segment is neither in the inbox nor sealed. */
  'segment-missing',
] as const;

export type SealingErrorCode = (typeof sealingErrorCodes)[number];

/** A state of the evidence that no retry mends and nothing may write over; `object` names what to look at. */
export class SealingError extends Error {
  override readonly name = 'SealingError';
  readonly code: SealingErrorCode;
  readonly object: string;

  constructor(code: SealingErrorCode, object: string) {
    super(`${code}: ${object}`);
    this.code = code;
    this.object = object;
  }
}
