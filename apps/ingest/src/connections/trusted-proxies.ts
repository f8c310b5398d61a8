import { isIP } from 'node:net';
import { parseAddressRange, rangeContains } from '@akashi/policy';
import { plainAddress } from '../sender/address-range.ts';

/** The proxies whose word about a sender's address counts: those that a setting names, and nobody else. */
export interface TrustedProxies {
  /** Whether the address is one of them. */
  has(address: string): boolean;
  /**
   * Whom `X-Forwarded-For` names, when it comes from `peer`: the last address that is not a named proxy's own. What
   * stands before it is what a sender made up.
   */
  senderOf(peer: string, forwardedFor: string | string[] | undefined): string;
}

export function createTrustedProxies(ranges: readonly string[]): TrustedProxies {
  const parsed = ranges.flatMap((text) => parseAddressRange(text) ?? []);
  const has = (address: string): boolean => parsed.some((range) => rangeContains(range, address));
  return {
    has,
    senderOf(peer, forwardedFor) {
      if (!has(peer) || forwardedFor === undefined) return peer;
      let sender = peer;
      for (const text of [forwardedFor].flat().join(',').split(',').reverse()) {
        const address = plainAddress(text.trim().replace(/^\[(.*)\](:\d+)?$/, '$1'));
        // A proxy that writes something else has not said who it was.
        if (isIP(address) === 0) return sender;
        sender = address;
        if (!has(address)) return sender;
      }
      return sender;
    },
  };
}
