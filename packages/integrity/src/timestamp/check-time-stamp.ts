/** Who says what a time stamp says: the signature, the signer's certificate, and the way from it to a trusted one. */
import { createHash, verify, X509Certificate, type KeyObject } from 'node:crypto';
import type { SignerInfo } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { Certificate } from '@peculiar/asn1-x509';
import { SignedAttributes, SigningCertificate, type SignedContent } from './time-stamp-schema.ts';
import { exactBytes, parseTimeStamp, type TimeStamp } from './time-stamp.ts';

export type TimeStampFault =
  | 'malformed'
  | 'refused'
  /** An algorithm that is not known here, or one that nobody should trust any more. */
  | 'unsupported'
  /** It is of another content. */
  | 'other-content'
  | 'bad-signature'
  /** The certificate that signed is not for time stamps (RFC 3161 section 2.3). */
  | 'not-an-authority'
  /** No way leads from the signer to a trusted certificate, at the time of the stamp. */
  | 'untrusted';

export type CheckedTimeStamp =
  | { readonly ok: true; readonly stamp: TimeStamp; readonly authority: string }
  | { readonly ok: false; readonly code: TimeStampFault };

export interface TimeStampClaim {
  readonly reply: Uint8Array;
  /** SHA-256 of what it should be of. */
  readonly imprint: Uint8Array;
  /** Certificates that are trusted; null checks the signature alone, by the certificate that came with the stamp. */
  readonly trusted: readonly X509Certificate[] | null;
}

const contentTypeOid = '1.2.840.113549.1.9.3';
const messageDigestOid = '1.2.840.113549.1.9.4';
const signingCertificateOid = '1.2.840.113549.1.9.16.2.12';
const signingCertificateV2Oid = '1.2.840.113549.1.9.16.2.47';
/** id-ct-TSTInfo, as DER. */
const timeStampContent = Buffer.from('060b2a864886f70d0109100104', 'hex');
const timeStampingPurpose = '1.3.6.1.5.5.7.3.8';
const extendedKeyUsageOid = '2.5.29.37';

const digests: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};
/** RSA (PKCS #1) and ECDSA, with the digest where the identifier names it; `null`: the signer's digest algorithm. */
const signatures: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.1': null,
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};
const longestChain = 8;

/**
 * Checks a TimeStampResp: it is of this content, the certificate that it names signed it, that certificate is for time stamps
 * alone, and, where certificates are trusted, a chain of certificates that were valid at the time of the stamp leads to one of
 * them. Revocation is not looked up, as the check needs no network.
 */
export function checkTimeStamp({ reply, imprint, trusted }: TimeStampClaim): CheckedTimeStamp {
  const parsed = parseTimeStamp(reply);
  if (!parsed.ok) return { ok: false, code: parsed.code };
  const { stamp, signed, content } = parsed;
  if (!stamp.imprint.equals(imprint)) return { ok: false, code: 'other-content' };
  try {
    const certificates = (signed.certificates ?? []).map((der) => new X509Certificate(Buffer.from(der)));
    const signing = checkSignature(signed, content, [...certificates, ...(trusted ?? [])]);
    if (!signing.ok) return signing;
    const { signer } = signing;
    if (!isForTimeStamps(signer)) return { ok: false, code: 'not-an-authority' };
    if (trusted !== null && !leadsToTrusted(signer, { trusted, between: certificates, at: stamp.at })) {
      return { ok: false, code: 'untrusted' };
    }
    return { ok: true, stamp, authority: signer.subject.replaceAll('\n', ', ') };
  } catch {
    return { ok: false, code: 'malformed' };
  }
}

const pemForm = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** The certificates of a PEM text; none where one cannot be read. */
export function certificatesOf(pem: string): X509Certificate[] {
  try {
    return (pem.match(pemForm) ?? []).map((each) => new X509Certificate(each));
  } catch {
    return [];
  }
}

type Signing = { ok: true; signer: X509Certificate } | { ok: false; code: TimeStampFault };

function checkSignature(signed: SignedContent, content: Buffer, certificates: readonly X509Certificate[]): Signing {
  const [info] = signed.signerInfos;
  // RFC 3161 section 2.4.2: exactly the authority's own signature.
  if (info === undefined || signed.signerInfos.length !== 1) return { ok: false, code: 'malformed' };
  const digest = digests[info.digestAlgorithm.algorithm];
  const named = signatures[info.signatureAlgorithm.algorithm];
  if (digest === undefined || named === undefined) return { ok: false, code: 'unsupported' };
  const attributes = signedAttributes(info);
  if (attributes === null) return { ok: false, code: 'malformed' };
  const contentType = attributes.get(contentTypeOid);
  const messageDigest = attributes.get(messageDigestOid);
  if (contentType === undefined || messageDigest === undefined) return { ok: false, code: 'malformed' };
  if (!timeStampContent.equals(Buffer.from(contentType))) return { ok: false, code: 'malformed' };
  const stated = Buffer.from(AsnConvert.parse(messageDigest, OctetString).buffer);
  if (!createHash(digest).update(content).digest().equals(stated)) return { ok: false, code: 'bad-signature' };

  const signer = certificates.find(signerTest(attributes));
  if (signer === undefined) return { ok: false, code: 'untrusted' };
  const message = signedBytes(info);
  const isSigned = verifyWith(signer.publicKey, {
    algorithm: named ?? digest,
    message,
    signature: Buffer.from(info.signature.buffer),
  });
  return isSigned ? { ok: true, signer } : { ok: false, code: 'bad-signature' };
}

function verifyWith(
  key: KeyObject,
  { algorithm, message, signature }: { algorithm: string; message: Buffer; signature: Buffer },
): boolean {
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') return false;
  return verify(algorithm, message, key, signature);
}

/** Each attribute's one value, by its identifier; null where one is there twice or has several. */
function signedAttributes(info: SignerInfo): Map<string, ArrayBuffer> | null {
  const found = new Map<string, ArrayBuffer>();
  for (const { attrType, attrValues } of info.signedAttrs ?? []) {
    const [value] = attrValues;
    if (value === undefined || attrValues.length !== 1 || found.has(attrType)) return null;
    found.set(attrType, value);
  }
  return found;
}

/** What was signed: the attributes as a SET OF in DER, which is in the order of its members' bytes (RFC 5652 section 5.4). */
function signedBytes({ signedAttrs = [] }: SignerInfo): Buffer {
  const inOrder = signedAttrs
    .map((attribute) => ({ attribute, der: Buffer.from(AsnConvert.serialize(attribute)) }))
    .sort((left, right) => Buffer.compare(left.der, right.der));
  return Buffer.from(AsnConvert.serialize(new SignedAttributes(inOrder.map(({ attribute }) => attribute))));
}

/** The certificate is the one that the signed attribute names by its hash: no other with the same key or name can take its place. */
function signerTest(attributes: ReadonlyMap<string, ArrayBuffer>): (certificate: X509Certificate) => boolean {
  const v2 = attributes.get(signingCertificateV2Oid);
  const named = v2 ?? attributes.get(signingCertificateOid);
  if (named === undefined) return () => false;
  const [first] = AsnConvert.parse(named, SigningCertificate).certs;
  if (first === undefined) return () => false;
  const algorithm = v2 === undefined ? 'sha1' : digests[first.hashAlgorithm?.algorithm ?? '2.16.840.1.101.3.4.2.1'];
  const hash = Buffer.from(first.certHash.buffer);
  return ({ raw }) => algorithm !== undefined && createHash(algorithm).update(raw).digest().equals(hash);
}

/** RFC 3161 section 2.3: the one purpose, and critical. */
function isForTimeStamps(certificate: X509Certificate): boolean {
  const purposes = certificate.keyUsage as readonly string[] | undefined;
  if (purposes?.length !== 1 || purposes[0] !== timeStampingPurpose) return false;
  const { tbsCertificate } = AsnConvert.parse(exactBytes(certificate.raw), Certificate);
  return tbsCertificate.extensions?.some(({ extnID, critical }) => extnID === extendedKeyUsageOid && critical) === true;
}

/** A chain from the certificate to a trusted one, each issued by the next and valid at that time. */
function leadsToTrusted(
  certificate: X509Certificate,
  way: { trusted: readonly X509Certificate[]; between: readonly X509Certificate[]; at: Date },
): boolean {
  let current = certificate;
  for (let length = 0; length < longestChain; length++) {
    if (!isValidAt(current, way.at)) return false;
    if (way.trusted.some(({ raw }) => raw.equals(current.raw))) return true;
    const isIssuer = (other: X509Certificate): boolean =>
      other.ca && !other.raw.equals(current.raw) && current.checkIssued(other) && current.verify(other.publicKey);
    const issuer = way.trusted.find(isIssuer) ?? way.between.find(isIssuer);
    if (issuer === undefined) return false;
    current = issuer;
  }
  return false;
}

function isValidAt({ validFromDate, validToDate }: X509Certificate, at: Date): boolean {
  return validFromDate <= at && at <= validToDate;
}
