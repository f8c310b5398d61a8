import { BlockList, isIP } from 'node:net';

export interface AddressRange {
  prefixLength: number;
  contains(address: string): boolean;
}

/** `::ffff:192.0.2.1` and `192.0.2.1` are the same peer, seen through different sockets. */
export function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

/** Reads a CIDR range or a single address; undefined when it is neither. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const [network = '', prefix, rest] = text.split('/');
  const version = isIP(network);
  if (version === 0 || rest !== undefined) return undefined;
  const widest = version === 4 ? 32 : 128;
  const prefixLength = prefix === undefined ? widest : Number(prefix);
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > widest) return undefined;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(network, prefixLength, family);
  return { prefixLength, contains: (address) => isIP(address) === version && list.check(address, family) };
}
