import type { TenantDatabase, VerificationFinding } from '@akashi/database';
import {
  decodeLogEntry,
  keysDestroyedKind,
  readKeysDestroyed,
  type BlockHeader,
  type LogReader,
  type LogStatement,
} from '@akashi/integrity';
import { readProvenEntries, type KnownTree } from './check-log-growth.ts';

export interface DestroyedKeyPlaces {
  readonly reader: LogReader;
  /** The tree that entries are proven against. */
  readonly head: KnownTree;
  readonly tenant: Pick<TenantDatabase, 'log'>;
}

/** Whether the statement that ends the log explains that a block cannot be opened any more. */
export async function isKeyDestroyed(places: DestroyedKeyPlaces, header: BlockHeader): Promise<boolean> {
  // The ledger only says where to look.
  const noted = await places.tenant.log.newestStatement(keysDestroyedKind);
  if (noted === null || noted.entry >= places.head.size) return false;
  const range = { from: noted.entry, to: noted.entry + 1 };
  const { entries, findings } = await readProvenEntries(places.reader, places.head, range);
  const entry = entries[0] === undefined || findings.length > 0 ? undefined : decodeLogEntry(entries[0]);
  if (entry?.ok !== true || entry.kind !== 'statement') return false;
  return readKeysDestroyed(entry.statement)?.keys.some(({ id }) => id === header.dataKeyId) === true;
}

/** Whether the statement is one and ends the log; what it says of each key is held against the entries when all are verified. */
export function destroyedKeyFindings(
  { head }: Pick<DestroyedKeyPlaces, 'head'>,
  statement: LogStatement,
): VerificationFinding[] {
  const { entry, createdUs } = statement;
  const destroyed = readKeysDestroyed(statement);
  if (destroyed !== null && entry === head.size - 1 && destroyed.dueUs <= createdUs) return [];
  return [{ code: 'keys-destroyed-false', where: `log/tile/entries block ${entry}`, block: entry }];
}
