/**
 * The object that a frozen file of a report lies in (`.akr`), so that any part of it can be read by its place, in bounded
 * memory, and none can be altered, moved, left out or put elsewhere unnoticed.
 *
 * ```
 * object  = prefix frame* trailer
 * prefix  = "akashi report object v1\n" | u32be length | header: canonical JSON (RFC 8785)
 *           {"file":…,"format":1,"key":…,"nonce":<Base64 of 12 bytes>,"run":…,"tenant":…,"versions":{<name>:<text>,…}}
 * frame   = AES-256-GCM ciphertext | 16-byte tag, of zstd(content)                      numbered from 0
 * trailer = u32be n | u32be bytes of frame n | "akr1"
 * ```
 *
 * Frames 0 to *n* - 1 are the file's content in order, and frame *n* is the table: canonical JSON
 * `{"bytes":…,"flagged":…,"frames":[[start,bytes,content,rows,flagged],…],"rows":…,"sha256":…}`: the length and hexadecimal
 * SHA-256 of the content, and of each frame where it starts in the object, its bytes there, those of its content, and the rows
 * and flagged rows that it holds whole (0 where the file has no rows). Frames stand without gaps from the prefix to the trailer.
 *
 * - Key: the organisation's data key that `key` names.
 * - Nonce of frame *i*: `nonce`, with *i* added to its last four bytes (big-endian, modulo 2^32).
 * - Additional data of frame *i*: SHA-256 of the prefix | u32be *i* | one byte: 1 for the table, else 0.
 */
import { canonicalBytes, NotCanonicalError, parseCanonicalJson } from '../canonical-json.ts';
import { concatBytes } from '../bytes.ts';
import { sha256 } from '../sha256.ts';
import { isReportName, ReportObjectError } from './report-object-error.ts';

const magic = Buffer.from('akashi report object v1\n', 'latin1');
/** Names are bounded, and an organisation has a few dozen master tables. */
const maxHeaderBytes = 16 * 1024;
export const nonceBytes = 12;

/** What an object is: as the first bytes of it say, and as every frame is bound to. */
export interface ReportObjectName {
  readonly tenantId: string;
  readonly runId: string;
  /** Of the file, as `rows.ndjson` or `table.ja.csv`. */
  readonly file: string;
}

export interface ReportHeader extends ReportObjectName {
  /** Of the data key. */
  readonly keyId: string;
  readonly nonce: Uint8Array;
  /** What the content was made with, such as the versions of master tables. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface ReadPrefix {
  readonly header: ReportHeader;
  readonly bytes: number;
  readonly sha256: Uint8Array;
}

/** Bytes at the beginning that hold the whole prefix, whatever its names. */
export const prefixReadBytes = magic.length + 4 + maxHeaderBytes;

/** Throws a RangeError for what no header carries. */
export function encodeReportPrefix(header: ReportHeader): Uint8Array {
  const { tenantId, runId, file, keyId, nonce, versions } = header;
  if (![tenantId, runId, file, keyId].every(isReportName)) throw new RangeError('a name that no header carries');
  if (nonce.length !== nonceBytes) throw new RangeError('a nonce has 12 bytes');
  const json = canonicalBytes({
    file,
    format: 1,
    key: keyId,
    nonce: Buffer.from(nonce).toString('base64'),
    run: runId,
    tenant: tenantId,
    versions,
  });
  if (json.length > maxHeaderBytes) throw new RangeError('more versions than a header carries');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(json.length);
  return concatBytes(magic, length, json);
}

/** The prefix at the beginning of an object. Throws a ReportObjectError. */
export function readReportPrefix(beginning: Uint8Array): ReadPrefix {
  const bytes = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.length);
  if (bytes.length < magic.length + 4 || !bytes.subarray(0, magic.length).equals(magic))
    throw new ReportObjectError('not-a-report-object');
  const length = bytes.readUInt32BE(magic.length);
  const end = magic.length + 4 + length;
  if (length > maxHeaderBytes || bytes.length < end) throw new ReportObjectError('not-a-report-object');
  const prefix = bytes.subarray(0, end);
  return { header: headerOf(bytes.subarray(magic.length + 4, end)), bytes: end, sha256: sha256(prefix) };
}

function headerOf(json: Uint8Array): ReportHeader {
  try {
    const value = parseCanonicalJson(json) as Record<string, unknown>;
    const { file, format, key, nonce, run, tenant, versions, ...others } = value;
    const names = [file, key, run, tenant];
    if (format !== 1 || !names.every(isReportName) || typeof nonce !== 'string' || Object.keys(others).length > 0)
      throw new ReportObjectError('not-a-report-object');
    if (!isTexts(versions)) throw new ReportObjectError('not-a-report-object');
    const decoded = Buffer.from(nonce, 'base64');
    if (decoded.length !== nonceBytes || decoded.toString('base64') !== nonce)
      throw new ReportObjectError('not-a-report-object');
    return {
      tenantId: tenant as string,
      runId: run as string,
      file: file as string,
      keyId: key as string,
      nonce: decoded,
      versions,
    };
  } catch (error) {
    if (error instanceof NotCanonicalError || error instanceof TypeError)
      throw new ReportObjectError('not-a-report-object', { cause: error });
    throw error;
  }
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((each) => typeof each === 'string')
  );
}
