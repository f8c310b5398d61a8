/**
 * Where evidence is read from: a folder, or any store that lists its keys and gives ranges of its objects. Keys are those
 * of one tenant, as `format.md` has them. `TenantArchive` of the archive package is one without further ado.
 */
export interface ObjectSource {
  /**
   * At most `bytes` bytes from byte `start` on: fewer, or none, where the object ends before; null without an object.
   * Valid until the next call, as the memory may be used again. Throws an UnreadableError, or an error with the
   * operating system's code, for an object that is there and cannot be read.
   */
  readRange(key: string, range: { start: number; bytes: number }): Promise<Buffer | null>;
  /** Its size, or null without an object. */
  facts(key: string): Promise<{ readonly bytes: number } | null>;
  /** Every key that begins with the prefix and comes after the key `after`, in the order of their text. */
  list(prefix: string, options?: { after?: string }): AsyncIterable<{ readonly key: string }>;
  /** Names directly in a folder, sorted; left out where that is what `list` says. */
  names?(folder: string): Promise<string[]>;
}

/** How a thread opens the source for itself: it imports the module and calls its `openSource` with the settings. */
export interface SourceModule {
  readonly module: string;
  readonly settings: unknown;
}

/** An object exists but its store would not give its bytes. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
  readonly object: string;
  readonly reason: string;

  constructor(object: string, cause: unknown) {
    super(`${object} could not be read`, { cause });
    this.object = object;
    this.reason = errorCode(cause) ?? 'unknown';
  }
}

/** The code of an error, if it has one. */
export function errorCode(cause: unknown): string | undefined {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}
