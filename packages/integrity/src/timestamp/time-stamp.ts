/** Requests for RFC 3161 time stamps, and what an authority's answer says before anything of it is believed. */
import { ContentInfo, id_signedData } from '@peculiar/asn1-cms';
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import { SignedContent, TimeStampInfo, TimeStampReply, TimeStampRequest } from './time-stamp-schema.ts';

export const sha256Oid = '2.16.840.1.101.3.4.2.1';
/** id-ct-TSTInfo. */
const timeStampContent = '1.2.840.113549.1.9.16.1.4';
/** `granted` and `grantedWithMods` of RFC 3161 section 2.4.2. */
const grantedStatuses: readonly number[] = [0, 1];
/** A reply with a long chain of certificates is some ten kilobytes. */
const mostReplyBytes = 256 * 1024;

/** What a time stamp says. It is believed once `checkTimeStamp` has found who says it. */
export interface TimeStamp {
  /** When the authority had the hash before it, by its own clock. */
  readonly at: Date;
  /** How far off that may be, in milliseconds; null when the authority does not say. */
  readonly accuracyMs: number | null;
  /** The SHA-256 that was stamped. */
  readonly imprint: Buffer;
  /** The authority's number of this stamp, in hex. */
  readonly serial: string;
  /** Object identifier of the authority's policy. */
  readonly policy: string;
  readonly nonce: Buffer | null;
}

export interface ReadTimeStamp {
  readonly stamp: TimeStamp;
  readonly signed: SignedContent;
  /** The bytes of TSTInfo, which the signature covers. */
  readonly content: Buffer;
}

export type ParsedTimeStamp =
  | ({ readonly ok: true } & ReadTimeStamp)
  /** `refused`: the authority answered without a stamp; `reason` is its status, and words if it gave any. */
  | { readonly ok: false; readonly code: 'malformed' | 'refused' | 'unsupported'; readonly reason?: string };

/**
 * A request for a stamp of a SHA-256, DER. The authority is asked for its certificate, so that the answer can be checked
 * for as long as it is kept. The nonce (8 to 32 random bytes) ties the answer to this request.
 */
export function timeStampRequest(imprint: Uint8Array, nonce: Uint8Array): Buffer {
  if (imprint.length !== 32) throw new RangeError('not a SHA-256');
  const request = new TimeStampRequest();
  request.messageImprint.hashAlgorithm = new AlgorithmIdentifier({ algorithm: sha256Oid, parameters: null });
  request.messageImprint.hashedMessage = new OctetString(exactBytes(imprint));
  request.nonce = exactBytes(positive(nonce));
  return Buffer.from(AsnConvert.serialize(request));
}

/** Reads a TimeStampResp (RFC 3161 section 2.4.2). Nothing is verified. Anything malformed is an outcome, never an exception. */
export function parseTimeStamp(reply: Uint8Array): ParsedTimeStamp {
  if (reply.length > mostReplyBytes) return { ok: false, code: 'malformed' };
  try {
    const { status, timeStampToken } = AsnConvert.parse(exactBytes(reply), TimeStampReply);
    if (!grantedStatuses.includes(status.status) || timeStampToken === undefined) {
      const words = status.statusString?.join(' ') ?? '';
      return { ok: false, code: 'refused', reason: `${status.status} ${words}`.trim().slice(0, 200) };
    }
    return readToken(timeStampToken);
  } catch {
    return { ok: false, code: 'malformed' };
  }
}

function readToken(token: ArrayBuffer): ParsedTimeStamp {
  const { contentType, content } = AsnConvert.parse(token, ContentInfo);
  if (contentType !== id_signedData) return { ok: false, code: 'malformed' };
  const signed = AsnConvert.parse(content, SignedContent);
  const { eContentType, eContent } = signed.encapContentInfo;
  const octets = eContent?.single;
  if (eContentType !== timeStampContent || octets === undefined) return { ok: false, code: 'malformed' };
  const info = AsnConvert.parse(octets.buffer, TimeStampInfo);
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  if (hashAlgorithm.algorithm !== sha256Oid) return { ok: false, code: 'unsupported', reason: hashAlgorithm.algorithm };
  const { accuracy } = info;
  return {
    ok: true,
    signed,
    content: Buffer.from(octets.buffer),
    stamp: {
      at: info.genTime,
      accuracyMs:
        accuracy === undefined
          ? null
          : (accuracy.seconds ?? 0) * 1000 + (accuracy.millis ?? 0) + (accuracy.micros ?? 0) / 1000,
      imprint: Buffer.from(hashedMessage.buffer),
      serial: Buffer.from(info.serialNumber).toString('hex'),
      policy: info.policy,
      nonce: info.nonce === undefined ? null : Buffer.from(info.nonce),
    },
  };
}

/** The library takes whole buffers: a view into a pooled one would carry its neighbours along. */
export function exactBytes(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** Bytes of an INTEGER that is greater than zero in the shortest form: the first bit is clear and the first byte is not zero. */
function positive(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[0] = ((copy[0] ?? 0) & 0x3f) | 0x40;
  return copy;
}

/** Whether the answer is to the request that this nonce was in. */
export function answersNonce({ nonce }: TimeStamp, asked: Uint8Array): boolean {
  return nonce !== null && Buffer.from(positive(asked)).equals(nonce);
}
