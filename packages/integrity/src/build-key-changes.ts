import type { KeyChangeProof } from './event-proof.ts';
import { checkpointPath } from './tile-path.ts';
import { createLogReader, LogReadError } from './read-log.ts';
import type { ReadLogFile } from './tile-edition.ts';

/**
 * What leads from each earlier signing key to the next: the statements at these entries of the log, each in the tree that
 * the retired key signed last. Throws a LogReadError when the log cannot be read.
 */
export async function buildKeyChanges(read: ReadLogFile, entries: readonly number[]): Promise<KeyChangeProof[]> {
  const changes: KeyChangeProof[] = [];
  const reader = createLogReader(read);
  for (const entry of entries) {
    const size = entry + 1;
    const path = checkpointPath(size);
    const note = await read(path);
    if (note === null) throw new LogReadError('missing-tile', path);
    const logPath = await reader.inclusionProof(entry, size);
    changes.push({
      statement: (await reader.entry(entry, size)).toString('utf8'),
      logPath: logPath.map((hash) => hash.toString('base64')),
      checkpoint: Buffer.from(note).toString('utf8'),
    });
  }
  return changes;
}
