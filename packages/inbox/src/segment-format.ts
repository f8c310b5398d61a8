import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { fitsOneTurn, inTurns } from './in-turns.ts';
import type { RecordList } from './record-list.ts';

/**
 * The landing segment: a header in clear, then one frame per accepted batch.
 *
 * header = "akashi inbox segment v2\n" | per field (tenant, segment, key id, retention policy): u8 length, ASCII |
 *          32-byte salt
 * frame  = u32be length of what follows | AES-256-GCM ciphertext | 16-byte tag
 * key    = HKDF-SHA256(tenant inbox key, salt, "akashi inbox segment v2"); nonce = 96-bit big-endian frame counter
 * AAD    = "<tenant>|<segment>|<policy>|<counter>": a frame moved to another place, segment, policy or tenant does not
 *          authenticate.
 *
 * Version 1 had no policy, neither in the header nor in the AAD; a segment of that version has the default one.
 *
 * The random salt gives each segment its own key, which is why a counter is a safe nonce here.
 */
const formats = { 1: 'akashi inbox segment v1', 2: 'akashi inbox segment v2' } as const;
const defaultPolicy = 'default';
const saltLength = 32;
const tagLength = 16;

export interface SegmentHeader {
  tenantId: string;
  segmentId: string;
  keyId: string;
  retentionPolicy: string;
  salt: Buffer;
  version: keyof typeof formats;
}

export function newSegmentHeader(names: Omit<SegmentHeader, 'salt' | 'version'>): SegmentHeader {
  return { ...names, salt: randomBytes(saltLength), version: 2 };
}

export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const fields = [header.tenantId, header.segmentId, header.keyId, header.retentionPolicy].flatMap((field) => {
    const bytes = Buffer.from(field, 'latin1');
    return [Buffer.from([bytes.length]), bytes];
  });
  return Buffer.concat([magicOf(2), ...fields, header.salt]);
}

function magicOf(version: SegmentHeader['version']): Buffer {
  return Buffer.from(`${formats[version]}\n`);
}

function versionOf(file: Buffer): SegmentHeader['version'] | undefined {
  return ([1, 2] as const).find((version) => {
    const magic = magicOf(version);
    return file.subarray(0, magic.length).equals(magic);
  });
}

/**
 * undefined: the file, or what is not zeros of it, ends within its header (nothing was ever acknowledged from it), or is not a
 * segment.
 */
export function decodeSegmentHeader(file: Buffer): { header: SegmentHeader; length: number } | undefined {
  const version = versionOf(file);
  if (version === undefined) return undefined;
  let at = magicOf(version).length;
  const fields: string[] = [];
  for (let n = 0; n < (version === 1 ? 3 : 4); n += 1) {
    const length = file[at];
    if (length === undefined || at + 1 + length > file.length) return undefined;
    const field = file.subarray(at + 1, at + 1 + length);
    if (length === 0 || field.includes(0)) return undefined;
    fields.push(field.toString('latin1'));
    at += 1 + length;
  }
  const [tenantId, segmentId, keyId, retentionPolicy = defaultPolicy] = fields;
  if (tenantId === undefined || segmentId === undefined || keyId === undefined) return undefined;
  if (at + saltLength > file.length) return undefined;
  const salt = Buffer.from(file.subarray(at, at + saltLength));
  return { header: { tenantId, segmentId, keyId, retentionPolicy, salt, version }, length: at + saltLength };
}

export interface FrameContent {
  origin: Buffer;
  receivedAtUs: number;
  records: RecordList;
  /** A line for the receipts log, in the frame so that a crash cannot part a batch from its receipt. */
  receiptLine: Buffer;
}

/** Seals the frames of one segment, in order. */
export interface FrameCipher {
  /**
   * Appends the frame's buffers to `parts`, ready for one vectored write, and gives its length in the file. A large frame
   * is sealed in turns with others; one call at a time.
   */
  seal(content: FrameContent, parts: Buffer[]): Promise<number>;
  /** The plaintext of frame `counter`, or undefined when it does not authenticate. */
  open(counter: number, sealed: Buffer): Buffer | undefined;
}

export function createFrameCipher(header: SegmentHeader, inboxKey: Buffer): FrameCipher {
  const { tenantId, segmentId, retentionPolicy, salt, version } = header;
  const key = Buffer.from(hkdfSync('sha256', inboxKey, salt, formats[version], 32));
  const names = `${tenantId}|${segmentId}|${version === 1 ? '' : `${retentionPolicy}|`}`;
  let next = 0;

  function nonce(counter: number): Buffer {
    const bytes = Buffer.alloc(12);
    bytes.writeUIntBE(counter, 6, 6);
    return bytes;
  }

  return {
    async seal(content, parts) {
      const counter = next;
      next += 1;
      const cipher = createCipheriv('aes-256-gcm', key, nonce(counter));
      cipher.setAAD(Buffer.from(names + counter, 'latin1'));
      const plain = frameParts(content);
      const length = Buffer.alloc(4);
      let total = tagLength;
      parts.push(length);
      const add = (part: Buffer): void => {
        const sealed = cipher.update(part);
        total += sealed.length;
        if (sealed.length > 0) parts.push(sealed);
      };
      for (const part of plain) {
        if (fitsOneTurn(part)) add(part);
        else for await (const slice of inTurns(part)) add(slice);
      }
      cipher.final();
      parts.push(cipher.getAuthTag());
      length.writeUInt32BE(total, 0);
      return total + 4;
    },
    open(counter, sealed) {
      if (sealed.length < tagLength) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, nonce(counter));
      decipher.setAAD(Buffer.from(names + counter, 'latin1'));
      decipher.setAuthTag(sealed.subarray(sealed.length - tagLength));
      const plain = decipher.update(sealed.subarray(0, sealed.length - tagLength));
      try {
        decipher.final();
        return plain;
      } catch {
        return undefined;
      }
    },
  };
}

/**
 * plaintext = u32be origin length | origin JSON | u64be received µs | u32be record count | u32be records length |
 *             records | receipt line (to the end, may be empty)
 */
function frameParts(content: FrameContent): Buffer[] {
  const { origin, records } = content;
  const head = Buffer.allocUnsafe(4 + origin.length + 16);
  head.writeUInt32BE(origin.length, 0);
  origin.copy(head, 4);
  head.writeBigUInt64BE(BigInt(content.receivedAtUs), 4 + origin.length);
  head.writeUInt32BE(records.count, 4 + origin.length + 8);
  head.writeUInt32BE(records.encoded.length, 4 + origin.length + 12);
  return [head, records.encoded, content.receiptLine];
}

/** Cuts an authenticated plaintext into its parts; all are views. */
export function decodeFrame(plain: Buffer): FrameContent {
  const originEnd = 4 + plain.readUInt32BE(0);
  const recordsStart = originEnd + 16;
  const recordsEnd = recordsStart + plain.readUInt32BE(originEnd + 12);
  const count = plain.readUInt32BE(originEnd + 8);
  return {
    origin: plain.subarray(4, originEnd),
    receivedAtUs: Number(plain.readBigUInt64BE(originEnd)),
    records: {
      count,
      recordBytes: recordsEnd - recordsStart - 5 * count,
      encoded: plain.subarray(recordsStart, recordsEnd),
    },
    receiptLine: plain.subarray(recordsEnd),
  };
}
