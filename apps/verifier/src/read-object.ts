import type { Findings } from './findings.ts';
import { UnreadableError, type Store } from './read-store.ts';

/** An object's bytes, valid until the next read; 'unreadable' after reporting that. */
export function readObject(
  { store, findings }: { store: Store; findings: Findings },
  object: string,
): Buffer | 'absent' | 'unreadable' {
  try {
    return store.read(object) ?? 'absent';
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    findings.problem({ code: 'unreadable', object, fact: error.reason });
    return 'unreadable';
  }
}
