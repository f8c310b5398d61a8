/**
 * Raised when documents of the index change their shape: an installation whose documents are of an older one makes its index
 * again from the archive. 1: ids by block and leaf. 2: ids by segment and position. 3: one number for a syslog priority.
 */
export const documentGeneration = 3;
