/** One signature on a record or an addendum: whose it is, and whether it holds. */
import { canonicalBytes, parseVerifierKey, sha256, verifyEd25519 } from '@akashi/integrity';
import type { KnownCredential } from './check-enrolments.ts';
import { memberOf } from './own-lines.ts';
import type { SealedDocument } from './packed-documents.ts';
import { checkAssertion, fromBase64url, type CeremonyFault } from './webauthn.ts';

export type SignatureFault = CeremonyFault | 'not-enrolled' | 'enrolled-later' | 'ended' | 'other-person' | 'other-key';

export interface ReadSignature {
  document: SealedDocument;
  day: string;
  revision: number;
  recordSha256: string;
  action: string;
  signer: { id: string; name: string };
  at: string;
  separationReason: string | null;
  method: 'passkey' | 'code';
  /** Of a passkey: whether it can be on several devices. */
  isSynced: boolean | null;
  fault: SignatureFault | null;
}

export interface SignatureChecks {
  tenantId: string;
  /** Of every key that signs or signed the log. */
  verifierKeys: readonly string[];
  credentials: ReadonlyMap<string, KnownCredential>;
}

const domain = 'akashi review signature v1';
const actions = new Set(['reviewed', 'approved', 'returned', 'addendum']);

/** Null when the document is no signature of this tenant at all. */
export function readSignature(checks: SignatureChecks, document: SealedDocument): ReadSignature | null {
  const { value } = document;
  const statement = memberOf(value, 'statement');
  const text = (...path: string[]): string => String(memberOf(statement, ...path));
  const method = memberOf(value, 'method');
  const revision = memberOf(statement, 'revision');
  const isForm =
    memberOf(value, 'format') === domain &&
    memberOf(statement, 'domain') === domain &&
    memberOf(statement, 'tenant') === checks.tenantId &&
    actions.has(text('action')) &&
    Number.isSafeInteger(revision) &&
    fromBase64url(memberOf(statement, 'random')).length === 32 &&
    typeof memberOf(statement, 'signer', 'id') === 'string';
  if (!isForm || (method !== 'passkey' && method !== 'code')) return null;
  const reason = memberOf(statement, 'separationReason');
  const judged = method === 'passkey' ? byPasskey(checks, document) : byProduct(checks, document);
  return {
    document,
    day: text('day'),
    revision: Number(revision),
    recordSha256: text('recordSha256'),
    action: text('action'),
    signer: { id: text('signer', 'id'), name: text('signer', 'name') },
    at: text('at'),
    separationReason: typeof reason === 'string' && reason !== '' ? reason : null,
    method,
    ...judged,
  };
}

type Judged = Pick<ReadSignature, 'fault' | 'isSynced'>;

function byPasskey({ credentials }: SignatureChecks, { value, block }: SealedDocument): Judged {
  const statement = memberOf(value, 'statement');
  const credential = credentials.get(String(memberOf(value, 'enrolmentSha256')));
  if (credential === undefined) return { fault: 'not-enrolled', isSynced: null };
  const { isSynced } = credential;
  const refuse = (fault: SignatureFault): Judged => ({ fault, isSynced });
  // An enrolment is in the log before its credential is asked for a signature, so its block is an earlier one.
  if (credential.document.block >= block) return refuse('enrolled-later');
  const at = String(memberOf(statement, 'at'));
  const hasEnded = credential.endings.some(
    (ending) => ending.document.block < block || (ending.document.block === block && ending.at <= at),
  );
  if (hasEnded) return refuse('ended');
  if (memberOf(value, 'credentialId') !== memberOf(credential.document.value, 'credentialId'))
    return refuse('credential');
  const isSamePerson = memberOf(credential.person, 'id') === memberOf(statement, 'signer', 'id');
  if (!isSamePerson) return refuse('other-person');
  const told = checkAssertion(
    {
      clientDataJSON: fromBase64url(memberOf(value, 'clientDataJSON')),
      authenticatorData: fromBase64url(memberOf(value, 'authenticatorData')),
      signature: fromBase64url(memberOf(value, 'signature')),
    },
    {
      type: 'webauthn.get',
      challenge: sha256(canonicalBytes(statement)),
      origin: credential.origin,
      rpId: credential.rpId,
    },
    credential.publicKey,
  );
  return typeof told === 'string' ? refuse(told) : { fault: null, isSynced };
}

/** By a key that signed the organisation's checkpoints, over the envelope without its signature. */
function byProduct({ verifierKeys }: SignatureChecks, { value }: SealedDocument): Judged {
  const refuse = (fault: SignatureFault): Judged => ({ fault, isSynced: null });
  const named = verifierKeys.find((each) => each.startsWith(`${String(memberOf(value, 'key'))}+`));
  const key = named === undefined ? null : parseVerifierKey(named);
  if (key === null) return refuse('other-key');
  const { signature, ...unsigned } = value as Record<string, unknown>;
  const holds = verifyEd25519(fromBase64url(signature), canonicalBytes(unsigned), key.publicKey);
  return { fault: holds ? null : 'signature', isSynced: null };
}
