import { plainText } from './written-name.ts';

/**
 * A hardware address in the form of RFC 7042 that ECS asks for (`00-00-5E-00-53-01`), from any of the usual ones: `:`, `-`, `.` or
 * blanks between octets or groups of four digits, or nothing between them. Undefined for what is no EUI-48.
 */
export function readMac(written: string): string | undefined {
  const digits = macDigits(plainText(written));
  if (digits?.length !== 12) return undefined;
  return digits.toUpperCase().match(/../g)?.join('-');
}

function macDigits(text: string): string | undefined {
  if (/^[0-9a-f]+$/i.test(text)) return text;
  const separator = /[^0-9a-f]/i.exec(text)?.[0] ?? '';
  if (!/^[:\-. \u2010-\u2015\u2212]$/u.test(separator)) return undefined;
  const groups = text.split(separator);
  if (!groups.every((group) => /^[0-9a-f]{1,6}$/i.test(group))) return undefined;
  // Some systems leave the zero of an octet out (`0:0:5e:0:53:1`); a longer group is of a fixed length.
  if (groups.length === 6) {
    return groups.every((group) => group.length <= 2)
      ? groups.map((group) => group.padStart(2, '0')).join('')
      : undefined;
  }
  const [first = ''] = groups;
  return first.length > 2 && groups.every((group) => group.length === first.length) ? groups.join('') : undefined;
}

/** An IP address in its one form (RFC 5952 for IPv6, plain IPv4 for `::ffff:192.0.2.1`); undefined for what is none. */
export function readAddress(written: string): string | undefined {
  const text = plainText(written).toLowerCase();
  const four = readIpv4(text);
  if (four !== undefined) return four;
  const groups = readIpv6(text);
  if (groups === undefined) return undefined;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (!isMapped) return ipv6Text(groups);
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.');
}

/** An IP address, or a range in CIDR notation with its prefix length; undefined for what is neither. */
export function readRange(written: string): string | undefined {
  const [address = '', prefix, more] = plainText(written).split('/');
  const read = readAddress(address);
  if (read === undefined || more !== undefined) return undefined;
  if (prefix === undefined) return read;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (read.includes(':') ? 128 : 32)) return undefined;
  return `${read}/${Number(prefix)}`;
}

/** Tables of people pad octets (`192.168.000.001`); the octets are decimal there. */
function readIpv4(text: string): string | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined;
  return parts.map(Number).join('.');
}

function readIpv6(text: string): readonly number[] | undefined {
  const tail = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  const four = tail === null ? undefined : readIpv4(tail[2] ?? '');
  if (tail !== null && four === undefined) return undefined;
  const octets = four?.split('.').map(Number) ?? [];
  const [a = 0, b = 0, c = 0, d = 0] = octets;
  const plain = tail === null ? text : `${tail[1]}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const [head = '', rest, more] = plain.split('::');
  if (more !== undefined || !plain.includes(':')) return undefined;
  const before = head === '' ? [] : head.split(':');
  const after = rest === undefined || rest === '' ? [] : rest.split(':');
  const missing = 8 - before.length - after.length;
  if (rest === undefined ? missing !== 0 : missing < 1) return undefined;
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after];
  return groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : undefined;
}

/** RFC 5952: no leading zeros, the first of the longest runs of two zero groups or more as `::`. */
function ipv6Text(groups: readonly number[]): string {
  let longest = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (groups[start + length] === 0) length++;
    if (length > longest.length) longest = { start, length };
  }
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (longest.start < 0) return text(groups);
  return `${text(groups.slice(0, longest.start))}::${text(groups.slice(longest.start + longest.length))}`;
}
