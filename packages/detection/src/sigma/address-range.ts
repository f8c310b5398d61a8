import { compileMatcher } from '@akashi/query';

export type AddressRange = (address: string) => boolean;

/** Whether an address lies in a network in CIDR notation; undefined for a text that is none. */
export function parseAddressRange(network: string): AddressRange | undefined {
  if (!isNetwork(network)) return undefined;
  const test = compileMatcher({ kind: 'equals', field: 'source.ip', value: network });
  return (address) => test({ value: () => address, tokens: () => [] });
}

/** A network holds its own first address; no text that is none holds anything. */
function isNetwork(network: string): boolean {
  const [address = ''] = network.split('/');
  return compileMatcher({ kind: 'equals', field: 'source.ip', value: network })({
    value: () => address,
    tokens: () => [],
  });
}
