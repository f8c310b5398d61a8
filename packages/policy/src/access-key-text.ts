/** What a secret is for. `system` is the installation's own sender of the audit trail. */
export type AccessKeyKind = 'ingest' | 'api' | 'system';

const prefixByKind = { ingest: 'akashi_ingest_', api: 'akashi_api_', system: 'akashi_system_' } as const;
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const randomLength = 32;
const checksumLength = 6;

/** Bytes of randomness that a secret is made from; a character keeps almost six bits of each. */
export const accessKeyBytes = 48;

/**
 * A new secret: `akashi_ingest_`, 32 characters of randomness (190 bits), 6 of checksum. The prefix is for people and for
 * programs that look for leaked secrets; the checksum tells a mistyped one from an unknown one without asking anybody.
 */
export function formatAccessKey(kind: AccessKeyKind, random: Uint8Array): string {
  if (random.length < accessKeyBytes) throw new RangeError(`an access key needs ${accessKeyBytes} random bytes`);
  let text: string = prefixByKind[kind];
  let taken = 0;
  for (const byte of random) {
    // 248 is 4 x 62: the bytes above would make some characters likelier than others.
    if (byte >= 248 || taken === randomLength) continue;
    text += digits.charAt(byte % digits.length);
    taken += 1;
  }
  if (taken < randomLength) throw new RangeError('too few usable random bytes: take others');
  return text + checksum(text);
}

/** The kind of a well-formed secret; undefined for every other text. */
export function readAccessKeyKind(text: string): AccessKeyKind | undefined {
  const kinds = Object.keys(prefixByKind) as AccessKeyKind[];
  const kind = kinds.find((each) => text.startsWith(prefixByKind[each]));
  if (kind === undefined || text.length !== prefixByKind[kind].length + randomLength + checksumLength) return undefined;
  const body = text.slice(0, -checksumLength);
  return /^\w+$/.test(body) && checksum(body) === text.slice(-checksumLength) ? kind : undefined;
}

/** CRC-32 (ISO/IEC 13239) in base 62. */
function checksum(text: string): string {
  let crc = 0xffff_ffff;
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i);
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb8_8320 & -(crc & 1));
  }
  let rest = (crc ^ 0xffff_ffff) >>> 0;
  let shown = '';
  for (let i = 0; i < checksumLength; i++) {
    shown = digits.charAt(rest % digits.length) + shown;
    rest = Math.floor(rest / digits.length);
  }
  return shown;
}
