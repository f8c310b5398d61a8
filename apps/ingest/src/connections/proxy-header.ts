import { isIP } from 'node:net';

/** The sender that a proxy names; null when it speaks for itself, as a health check does. */
export type ProxyHeader =
  | { readonly kind: 'read'; readonly address: string | null; readonly length: number }
  /** There is none: the connection begins with something else. */
  | { readonly kind: 'none' }
  | { readonly kind: 'undecided' }
  | { readonly kind: 'invalid' };

const signature = Buffer.from([0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a]);
const word = Buffer.from('PROXY ');
/** Of version 1, with its CRLF. */
const longestLine = 107;
/** Of version 2, before the addresses. */
const fixedLength = 16;
const longestHeader = 4096;

/**
 * Reads the header of the PROXY protocol, version 1 or 2 (haproxy.org, proxy-protocol.txt), at the beginning of a
 * connection. Nothing that follows it is looked at.
 */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  if (beginsAs(bytes, signature)) return bytes.length < fixedLength ? { kind: 'undecided' } : readBinary(bytes);
  if (beginsAs(bytes, word)) return readLine(bytes);
  return { kind: 'none' };
}

/** As far as it is there. */
function beginsAs(bytes: Buffer, expected: Buffer): boolean {
  const length = Math.min(bytes.length, expected.length);
  return bytes.subarray(0, length).equals(expected.subarray(0, length));
}

function readLine(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, longestLine).indexOf('\r\n');
  if (end < 0) return { kind: bytes.length < longestLine ? 'undecided' : 'invalid' };
  const [, family = '', source = '', destination = ''] = bytes.toString('latin1', 0, end).split(' ');
  const length = end + 2;
  if (family === 'UNKNOWN') return { kind: 'read', address: null, length };
  const version = { TCP4: 4, TCP6: 6 }[family];
  if (version === undefined || isIP(source) !== version || isIP(destination) !== version) return { kind: 'invalid' };
  return { kind: 'read', address: source, length };
}

function readBinary(bytes: Buffer): ProxyHeader {
  const [versionAndCommand = 0, family = 0] = bytes.subarray(12);
  const length = fixedLength + bytes.readUInt16BE(14);
  const command = versionAndCommand & 0x0f;
  if (versionAndCommand >>> 4 !== 2 || command > 1 || length > longestHeader) return { kind: 'invalid' };
  if (bytes.length < length) return { kind: 'undecided' };
  if (command === 0) return { kind: 'read', address: null, length };
  const addresses = bytes.subarray(fixedLength, length);
  if (family >>> 4 === 1 && addresses.length >= 12) {
    return { kind: 'read', address: addresses.subarray(0, 4).join('.'), length };
  }
  if (family >>> 4 === 2 && addresses.length >= 36) {
    const groups = Array.from({ length: 8 }, (_each, at) => addresses.readUInt16BE(2 * at).toString(16));
    return { kind: 'read', address: groups.join(':'), length };
  }
  // An unspecified family, or a socket of the proxy's own machine: it names nobody.
  return { kind: 'read', address: null, length };
}
