/**
 * Raised when documents of the index change their shape: an installation whose documents are of an older one makes its index
 * again from the archive. 1: ids by block and leaf. 2: ids by segment and position.
 */
export const documentGeneration = 2;
