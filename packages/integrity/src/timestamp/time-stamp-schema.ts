/** The ASN.1 types of RFC 3161 (section 2.4), of CMS (RFC 5652) and of RFC 5035 (section 3), for the library's reader and writer. */
import { Attribute, DigestAlgorithmIdentifier, EncapsulatedContentInfo, SignerInfo } from '@peculiar/asn1-cms';
import {
  AsnArray,
  AsnIntegerArrayBufferConverter,
  AsnProp,
  AsnPropTypes,
  AsnType,
  AsnTypeTypes,
  OctetString,
} from '@peculiar/asn1-schema';
import { AlgorithmIdentifier, Extensions, GeneralName } from '@peculiar/asn1-x509';

type PropertyOptions = Parameters<typeof AsnProp>[0];
type Constructor = Parameters<ReturnType<typeof AsnType>>[0];

/** Types are stripped where this runs, and decorators with them: the library's are called as functions. */
function sequenceOf(target: Constructor, properties: Readonly<Record<string, PropertyOptions>>): void {
  for (const [name, options] of Object.entries(properties)) AsnProp(options)(target.prototype as object, name);
  AsnType({ type: AsnTypeTypes.Sequence })(target);
}

const integer = { type: AsnPropTypes.Integer } as const;
/** An INTEGER of any length, as its big-endian bytes. */
const longInteger = { type: AsnPropTypes.Integer, converter: AsnIntegerArrayBufferConverter } as const;
const octets = { type: OctetString } as const;
const identifier = { type: AsnPropTypes.ObjectIdentifier } as const;
const any = { type: AsnPropTypes.Any } as const;
const optional = { optional: true } as const;

export class MessageImprint {
  hashAlgorithm = new AlgorithmIdentifier();
  hashedMessage = new OctetString();
}
sequenceOf(MessageImprint, { hashAlgorithm: { type: AlgorithmIdentifier }, hashedMessage: octets });

export class TimeStampRequest {
  version = 1;
  messageImprint = new MessageImprint();
  nonce = new ArrayBuffer(0);
  certReq = true;
}
sequenceOf(TimeStampRequest, {
  version: integer,
  messageImprint: { type: MessageImprint },
  nonce: longInteger,
  certReq: { type: AsnPropTypes.Boolean },
});

export class StatusInfo {
  status = 0;
  statusString?: string[];
  failInfo?: ArrayBuffer;
}
sequenceOf(StatusInfo, {
  status: integer,
  statusString: { type: AsnPropTypes.Utf8String, repeated: 'sequence', ...optional },
  failInfo: { type: AsnPropTypes.BitString, ...optional },
});

export class TimeStampReply {
  status = new StatusInfo();
  /** A ContentInfo, as it came. */
  timeStampToken?: ArrayBuffer;
}
sequenceOf(TimeStampReply, { status: { type: StatusInfo }, timeStampToken: { ...any, ...optional } });

/** CMS SignedData; certificates as they came, as what was signed and pinned are their bytes. */
export class SignedContent {
  version = 3;
  digestAlgorithms: DigestAlgorithmIdentifier[] = [];
  encapContentInfo = new EncapsulatedContentInfo();
  certificates?: ArrayBuffer[];
  crls?: ArrayBuffer[];
  signerInfos: SignerInfo[] = [];
}
sequenceOf(SignedContent, {
  version: integer,
  digestAlgorithms: { type: DigestAlgorithmIdentifier, repeated: 'set' },
  encapContentInfo: { type: EncapsulatedContentInfo },
  certificates: { ...any, repeated: 'set', context: 0, implicit: true, ...optional },
  crls: { ...any, repeated: 'set', context: 1, implicit: true, ...optional },
  signerInfos: { type: SignerInfo, repeated: 'set' },
});

/** What the signature covers (RFC 5652 section 5.4). */
export class SignedAttributes extends AsnArray<Attribute> {}
AsnType({ type: AsnTypeTypes.Set, itemType: Attribute })(SignedAttributes as Constructor);

export class Accuracy {
  seconds?: number;
  millis?: number;
  micros?: number;
}
sequenceOf(Accuracy, {
  seconds: { ...integer, ...optional },
  millis: { ...integer, context: 0, implicit: true, ...optional },
  micros: { ...integer, context: 1, implicit: true, ...optional },
});

export class TimeStampInfo {
  version = 1;
  policy = '';
  messageImprint = new MessageImprint();
  serialNumber = new ArrayBuffer(0);
  genTime = new Date(0);
  accuracy?: Accuracy;
  ordering = false;
  nonce?: ArrayBuffer;
  tsa?: GeneralName;
  extensions?: Extensions;
}
sequenceOf(TimeStampInfo, {
  version: integer,
  policy: identifier,
  messageImprint: { type: MessageImprint },
  serialNumber: longInteger,
  genTime: { type: AsnPropTypes.GeneralizedTime },
  accuracy: { type: Accuracy, ...optional },
  ordering: { type: AsnPropTypes.Boolean, defaultValue: false },
  nonce: { ...longInteger, ...optional },
  tsa: { type: GeneralName, context: 0, ...optional },
  extensions: { type: Extensions, context: 1, implicit: true, ...optional },
});

/** ESSCertIDv2 of RFC 5035; without an algorithm it is SHA-256. ESSCertID of RFC 2634 is the same without it, by SHA-1. */
export class CertificateId {
  hashAlgorithm?: AlgorithmIdentifier;
  certHash = new OctetString();
  issuerSerial?: ArrayBuffer;
}
sequenceOf(CertificateId, {
  hashAlgorithm: { type: AlgorithmIdentifier, ...optional },
  certHash: octets,
  issuerSerial: { ...any, ...optional },
});

class CertificateIds extends AsnArray<CertificateId> {}
AsnType({ type: AsnTypeTypes.Sequence, itemType: CertificateId })(CertificateIds as Constructor);

export class SigningCertificate {
  certs = new CertificateIds();
  policies?: ArrayBuffer;
}
sequenceOf(SigningCertificate, { certs: { type: CertificateIds }, policies: { ...any, ...optional } });
