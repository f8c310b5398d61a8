/** Follows a change of the signing key, for Node and browsers: from the key that somebody holds to the one that signs now. */
import { decodeBase64 } from './base64.ts';
import { encodeUtf8 } from './bytes.ts';
import { checkInclusion, hashLeafWith } from './check-merkle-proof.ts';
import type { KeyChangeProof } from './event-proof.ts';
import { readKeyChange, signingKeyKind } from './key-statements.ts';
import { parseStatement } from './log-statement.ts';
import { verifyCheckpointWith, type CheckpointPrimitives } from './signed-note.ts';

/** No tree of this system is deeper, and no log changes its key as often. */
const maxPathLength = 64;
const maxChanges = 1024;

/** The key that the changes lead to from the held one, which may be any key of the log. May throw for malformed JSON. */
export function followKeyChanges(
  changes: readonly KeyChangeProof[],
  heldKey: string,
  primitives: CheckpointPrimitives,
): string {
  let key = heldKey;
  for (const change of changes.slice(0, maxChanges)) key = followKeyChange(change, key, primitives) ?? key;
  return key;
}

/** The next key, when this one signed the change: the statement is the last entry of a tree that it signed. */
function followKeyChange(change: KeyChangeProof, key: string, primitives: CheckpointPrimitives): string | null {
  const signed = verifyCheckpointWith(change.checkpoint, key, primitives);
  const parsed = parseStatement(change.statement);
  if (!signed.ok || !parsed.ok) return null;
  const { statement } = parsed;
  const { origin, size, root } = signed.checkpoint;
  if (statement.kind !== signingKeyKind || statement.entry !== size - 1) return null;
  if (origin !== `akashi.log/${statement.tenantId}` || change.logPath.length > maxPathLength) return null;
  const proof = change.logPath.map((hash) => decodeBase64(hash) ?? new Uint8Array(0));
  const leafHash = hashLeafWith(primitives.sha256, encodeUtf8(change.statement));
  const claim = { leafHash, index: statement.entry, size, proof, root };
  if (proof.some((hash) => hash.length !== 32) || !checkInclusion(claim, primitives.sha256)) return null;
  const said = readKeyChange(statement);
  return said?.old === key ? said.new : null;
}
