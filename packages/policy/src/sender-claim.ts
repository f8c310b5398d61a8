import { parseAddressRange, rangesOverlap } from './address-range.ts';

/** What names a sender without a key. */
export interface SenderName {
  readonly addressRange: string | null;
  readonly certificateFingerprint: string | null;
}

/** The shortest prefixes that a range of senders may have. */
export interface ShortestPrefixes {
  readonly ipv4: number;
  readonly ipv6: number;
}

/** Whether a range is so wide that it cannot be one organisation's senders. */
export function isRangeTooWide(addressRange: string, shortest: ShortestPrefixes): boolean {
  const range = parseAddressRange(addressRange);
  if (range === undefined) return true;
  return range.prefixLength < (range.version === 4 ? shortest.ipv4 : shortest.ipv6);
}

/**
 * Whether a message could be of both senders. Where each of them has a certificate they are told apart by it, whatever
 * their addresses; where only one has, whoever comes without it is the other's.
 */
export function sendersClash(one: SenderName, other: SenderName): boolean {
  if (one.certificateFingerprint !== null && one.certificateFingerprint === other.certificateFingerprint) return true;
  if (one.certificateFingerprint !== null || other.certificateFingerprint !== null) return false;
  const [first, second] = [one, other].map(({ addressRange }) => parseAddressRange(addressRange ?? ''));
  return first !== undefined && second !== undefined && rangesOverlap(first, second);
}
