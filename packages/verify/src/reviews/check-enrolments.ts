/** Signing credentials: whose they are, from which block on they may sign, and until when. */
import type { KeyObject } from 'node:crypto';
import { canonicalBytes, sha256 } from '@akashi/integrity';
import { memberOf } from './own-lines.ts';
import type { SealedDocument } from './packed-documents.ts';
import { checkRegistration, fromBase64url, publicKeyOf, type CeremonyFault } from './webauthn.ts';

export interface KnownCredential {
  document: SealedDocument;
  person: unknown;
  origin: string;
  rpId: string;
  publicKey: KeyObject;
  /** Whether it can be on several devices. */
  isSynced: boolean;
  endings: { document: SealedDocument; at: string }[];
}

const domain = 'akashi signing credential v1';
const endingFormat = 'akashi signing credential end v1';

export function readEnrolments(
  documents: readonly SealedDocument[],
  tenantId: string,
): {
  known: Map<string, KnownCredential>;
  faulty: { document: SealedDocument; fault: CeremonyFault }[];
  /** Endings of credentials whose enrolment is not there. */
  withoutEnrolment: SealedDocument[];
} {
  const known = new Map<string, KnownCredential>();
  const faulty: { document: SealedDocument; fault: CeremonyFault }[] = [];
  for (const document of documents) {
    if (document.kind !== 'credential') continue;
    const credential = enrolmentOf(document, tenantId);
    if (typeof credential === 'string') faulty.push({ document, fault: credential });
    else known.set(document.sha256, credential);
  }
  const withoutEnrolment: SealedDocument[] = [];
  for (const document of documents) {
    if (document.kind !== 'credential-end') continue;
    const enrolment = memberOf(document.value, 'enrolmentSha256');
    const credential = known.get(String(enrolment));
    const isOwn =
      memberOf(document.value, 'format') === endingFormat && memberOf(document.value, 'tenant') === tenantId;
    if (!isOwn) faulty.push({ document, fault: 'form' });
    else if (credential === undefined) withoutEnrolment.push(document);
    else credential.endings.push({ document, at: String(memberOf(document.value, 'at')) });
  }
  return { known, faulty, withoutEnrolment };
}

function enrolmentOf(document: SealedDocument, tenantId: string): KnownCredential | CeremonyFault {
  const { value } = document;
  const statement = memberOf(value, 'statement');
  const rpId = memberOf(statement, 'rpId');
  const origin = memberOf(value, 'origin');
  if (memberOf(value, 'format') !== domain || memberOf(statement, 'domain') !== domain) return 'form';
  if (memberOf(statement, 'tenant') !== tenantId || fromBase64url(memberOf(statement, 'random')).length !== 32)
    return 'form';
  if (typeof rpId !== 'string' || typeof origin !== 'string' || !isRpIdOf(origin, rpId)) return 'rp-id';
  const cose = fromBase64url(memberOf(value, 'publicKey'));
  const publicKey = publicKeyOf(cose);
  if (publicKey === null) return 'credential';
  const told = checkRegistration(
    {
      clientDataJSON: fromBase64url(memberOf(value, 'clientDataJSON')),
      attestationObject: fromBase64url(memberOf(value, 'attestationObject')),
    },
    { type: 'webauthn.create', challenge: sha256(canonicalBytes(statement)), origin, rpId },
  );
  if (typeof told === 'string') return told;
  const enrolled = told.credential === null ? null : publicKeyOf(told.credential.publicKey);
  const isSameKey = enrolled?.equals(publicKey) === true;
  const isSameId = told.credential?.id.equals(fromBase64url(memberOf(value, 'credentialId'))) === true;
  if (!isSameKey || !isSameId) return 'credential';
  const areFlags =
    memberOf(value, 'isBackupEligible') === told.isBackupEligible && memberOf(value, 'isBackedUp') === told.isBackedUp;
  if (!areFlags) return 'flags';
  const person = memberOf(statement, 'person');
  return { document, person, origin, rpId, publicKey, isSynced: told.isBackupEligible, endings: [] };
}

function isRpIdOf(origin: string, rpId: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { hostname } = new URL(origin);
  return rpId === hostname || hostname.endsWith(`.${rpId}`);
}
