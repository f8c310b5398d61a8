import type { Findings } from './findings.ts';
import { UnreadableError } from './object-source.ts';
import type { Store } from './object-store.ts';

/** An object's bytes, valid until the next read; 'unreadable' after reporting that. */
export async function readObject(
  { store, findings }: { store: Store; findings: Findings },
  object: string,
): Promise<Buffer | 'absent' | 'unreadable'> {
  try {
    return (await store.read(object)) ?? 'absent';
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    findings.problem({ code: 'unreadable', object, fact: error.reason });
    return 'unreadable';
  }
}
