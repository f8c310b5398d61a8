/** A condition that the person at the terminal can mend; the message is the whole explanation. */
export class InstallationError extends Error {
  override readonly name = 'InstallationError';
}
