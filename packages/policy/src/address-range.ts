/** Addresses from `first` to `last` of one version, as numbers. */
export interface AddressRange {
  readonly version: 4 | 6;
  readonly prefixLength: number;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads a CIDR range (RFC 4632, RFC 4291) or a single address; undefined when it is neither. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [address = '', prefix, rest] = text.trim().split('/');
  const read = readAddress(address);
  if (read === undefined || rest !== undefined) return undefined;
  const bits = read.version === 4 ? 32 : 128;
  if (prefix !== undefined && !/^\d{1,3}$/.test(prefix)) return undefined;
  const prefixLength = prefix === undefined ? bits : Number(prefix);
  if (prefixLength > bits) return undefined;
  const hostMask = (1n << BigInt(bits - prefixLength)) - 1n;
  const first = read.value & ~hostMask;
  return { version: read.version, prefixLength, first, last: first | hostMask };
}

export function rangeContains(range: AddressRange, address: string): boolean {
  const read = readAddress(address);
  return read?.version === range.version && read.value >= range.first && read.value <= range.last;
}

export function rangesOverlap(one: AddressRange, other: AddressRange): boolean {
  return one.version === other.version && one.first <= other.last && other.first <= one.last;
}

/** Whether the address is in one of the ranges. No ranges: from anywhere; a range that cannot be read allows nobody. */
export function isAddressAllowed(ranges: readonly string[], address: string): boolean {
  if (ranges.length === 0) return true;
  return ranges.some((text) => {
    const range = parseAddressRange(text);
    return range !== undefined && rangeContains(range, address);
  });
}

/**
 * The network that one caller has: of IPv6 the first 64 bits (RFC 4291, 2.5.4), as four groups; of IPv4 the address. What is
 * no address stays as it is.
 */
export function addressNetwork(text: string): string {
  const read = readAddress(text);
  if (read === undefined) return text;
  const groups =
    read.version === 4
      ? [24n, 16n, 8n, 0n].map((shift) => ((read.value >> shift) & 0xffn).toString())
      : [112n, 96n, 80n, 64n].map((shift) => ((read.value >> shift) & 0xffffn).toString(16));
  return groups.join(read.version === 4 ? '.' : ':');
}

interface Address {
  version: 4 | 6;
  value: bigint;
}

/** `::ffff:192.0.2.1` and `192.0.2.1` are the same peer, seen through different sockets. */
function readAddress(text: string): Address | undefined {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(text)?.[1];
  const four = readIpv4(mapped ?? text);
  if (four !== undefined) return { version: 4, value: four };
  const six = readIpv6(text);
  return six === undefined ? undefined : { version: 6, value: six };
}

function readIpv4(text: string): bigint | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

function readIpv6(text: string): bigint | undefined {
  if (!/^[0-9a-fA-F:]{2,39}$/.test(text)) return undefined;
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return undefined;
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
