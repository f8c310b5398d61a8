import type { SealTransaction } from '@akashi/database';
import {
  dataKeyKind,
  decodeLogEntry,
  keyChangeContent,
  readKeyChange,
  signingKeyKind,
  type KeyChange,
  type LogStatement,
} from '@akashi/integrity';
import type { KeyRotation, RotatedPurpose, TenantKeys } from '@akashi/keyring';

/** Which key of a tenant is to have another in its place, and why. */
export interface RequestedKeyChange {
  readonly purpose: RotatedPurpose;
  /** `yearly`, or what the person wrote. */
  readonly reason: string;
  readonly who: string;
}

interface PreparedKey {
  readonly keys: TenantKeys;
  readonly rotation: KeyRotation;
  readonly id: string;
}

const kinds = { data: dataKeyKind, signing: signingKeyKind } as const satisfies Record<RotatedPurpose, string>;

/** How the log names a prepared key. */
function nameOf(rotation: KeyRotation, purpose: RotatedPurpose, id: string): string {
  return purpose === 'data' ? id : rotation.preparedVerifierKey(id);
}

export function keyChangeStatement(
  { keys, rotation, id }: PreparedKey,
  { purpose, reason, who }: RequestedKeyChange,
): Pick<LogStatement, 'kind' | 'content'> {
  const old = purpose === 'data' ? keys.dataKey().id : keys.verifierKey();
  const change: KeyChange = { old, new: nameOf(rotation, purpose, id), reason, who };
  return { kind: kinds[purpose], content: keyChangeContent(change) };
}

/** Promotes a prepared key that the log names already: a crash came between. One that it does not name waits. */
export async function finishKeyChange(
  rotation: KeyRotation,
  transaction: Pick<SealTransaction, 'newestStatement'>,
): Promise<void> {
  for (const purpose of Object.keys(kinds) as RotatedPurpose[]) {
    const id = rotation.prepared(purpose);
    if (id === undefined) continue;
    const newest = await transaction.newestStatement(kinds[purpose]);
    const entry = newest === null ? null : decodeLogEntry(Buffer.from(newest.text, 'utf8'));
    if (entry?.ok !== true || entry.kind !== 'statement') continue;
    if (readKeyChange(entry.statement)?.new === nameOf(rotation, purpose, id)) await rotation.promote(purpose, id);
  }
}
