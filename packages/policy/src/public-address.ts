import { parseAddressRange, rangeContains, type AddressRange } from './address-range.ts';

/**
 * What is not globally reachable by the IANA registries of special-purpose addresses (RFC 6890), and multicast: this host,
 * private networks, carrier-grade NAT, link-local with the clouds' metadata services, documentation, benchmarks, reserved.
 */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

/** Of IPv6 only global unicast is public, without what leads to an IPv4 address or is for documentation and protocols. */
const globalIpv6 = '2000::/3';
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

function rangesOf(texts: readonly string[]): AddressRange[] {
  return texts.flatMap((text) => parseAddressRange(text) ?? []);
}

const special = rangesOf([...specialIpv4, ...specialIpv6]);
const publicRanges = rangesOf(['0.0.0.0/0', globalIpv6]);

/** Whether an address leads to the public internet. An IPv4 address in IPv6 notation is judged as what it is; text that is none is not. */
export function isPublicAddress(address: string): boolean {
  const contains = (range: AddressRange): boolean => rangeContains(range, address);
  return publicRanges.some(contains) && !special.some(contains);
}
