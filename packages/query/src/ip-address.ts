/** IPv4 and IPv6 addresses and networks as 128-bit numbers; IPv4 lies at `::ffff:0:0/96`, as the index keeps it. */

export interface IpNetwork {
  first: bigint;
  last: bigint;
}

const mappedPrefix = 0xffffn << 32n;

/** The address, or undefined when the text is not one (RFC 4291 section 2.2; no zone, no leading zeros in IPv4). */
export function parseIp(text: string): bigint | undefined {
  if (!text.includes(':')) {
    const v4 = parseIpv4(text);
    return v4 === undefined ? undefined : mappedPrefix | v4;
  }
  return parseIpv6(text);
}

/** An address, or a network as `address/prefix length`. */
export function parseIpNetwork(text: string): IpNetwork | undefined {
  const slash = text.indexOf('/');
  if (slash < 0) {
    const address = parseIp(text);
    return address === undefined ? undefined : { first: address, last: address };
  }
  const address = parseIp(text.slice(0, slash));
  const prefixText = text.slice(slash + 1);
  if (address === undefined || !/^(0|[1-9]\d{0,2})$/.test(prefixText)) return undefined;
  const isV4 = !text.slice(0, slash).includes(':');
  const prefix = Number(prefixText);
  if (prefix > (isV4 ? 32 : 128)) return undefined;
  const hostBits = BigInt((isV4 ? 32 : 128) - prefix);
  const first = (address >> hostBits) << hostBits;
  return { first, last: first | ((1n << hostBits) - 1n) };
}

/** `10.*`, `10.0.*` and `10.0.0.*` as the networks that they mean. */
export function networkOfIpv4Wildcard(pattern: string): string | undefined {
  const match = /^((?:\d{1,3}\.){1,3})\*(?:\.\*)*$/.exec(pattern);
  const octets = match?.[1]?.split('.').filter((octet) => octet !== '') ?? [];
  if (octets.length === 0 || pattern.split('.').length > 4) return undefined;
  const network = `${[...octets, '0', '0', '0'].slice(0, 4).join('.')}/${octets.length * 8}`;
  return parseIpNetwork(network) === undefined ? undefined : network;
}

function parseIpv4(text: string): bigint | undefined {
  const octets = text.split('.');
  if (octets.length !== 4) return undefined;
  let value = 0n;
  for (const octet of octets) {
    if (!/^(0|[1-9]\d{0,2})$/.test(octet) || Number(octet) > 255) return undefined;
    value = (value << 8n) | BigInt(octet);
  }
  return value;
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = readGroups(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? readGroups(halves[1] ?? '', true) : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array<bigint>(Math.max(missing, 0)).fill(0n), ...tail])
    value = (value << 16n) | group;
  return value;
}

function readGroups(text: string, mayEndInIpv4: boolean): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: bigint[] = [];
  for (const [index, part] of parts.entries()) {
    if (mayEndInIpv4 && index === parts.length - 1 && part.includes('.')) {
      const v4 = parseIpv4(part);
      if (v4 === undefined) return undefined;
      groups.push(v4 >> 16n, v4 & 0xffffn);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}
