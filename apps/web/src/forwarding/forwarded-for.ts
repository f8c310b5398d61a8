import { parseAddressRange, rangeContains } from '@akashi/policy';

/** The headers of a request, as Node gives them. */
export type RequestHeaders = Record<string, string | string[] | undefined>;

/** What a proxy says about the connection before it, and what anybody can write. */
const saidByProxies = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
];

/**
 * Leaves of what a request says about its way only what is known: `x-forwarded-for` is the one address that the request
 * came from. That is the peer, or what a named proxy puts behind everything that its caller may have written. The API
 * believes this server, so nothing that a client wrote may pass.
 */
export function keepOwnForwarding(
  headers: RequestHeaders,
  { peer, proxies }: { peer: string; proxies: readonly string[] },
): void {
  const { 'x-forwarded-for': forwardedFor, 'x-forwarded-proto': protocol, 'x-forwarded-host': host } = headers;
  for (const name of saidByProxies) delete headers[name];
  const isProxy = (address: string): boolean => proxies.some((range) => isIn(range, address));
  headers['x-forwarded-for'] = isProxy(peer) ? lastStranger(forwardedFor, { peer, isProxy }) : plain(peer);
  if (!isProxy(peer)) return;
  if (protocol === 'https' || protocol === 'http') headers['x-forwarded-proto'] = protocol;
  if (typeof host === 'string') headers['x-forwarded-host'] = host;
}

/** The last address that is not a named proxy's own; the peer when a proxy wrote something else. */
function lastStranger(
  forwardedFor: string | string[] | undefined,
  { peer, isProxy }: { peer: string; isProxy: (address: string) => boolean },
): string {
  let sender = plain(peer);
  for (const text of [forwardedFor ?? []].flat().join(',').split(',').reverse()) {
    const address = plain(text.trim());
    if (parseAddressRange(address) === undefined || address.includes('/')) return sender;
    sender = address;
    if (!isProxy(address)) return sender;
  }
  return sender;
}

function isIn(range: string, address: string): boolean {
  const parsed = parseAddressRange(range);
  return parsed !== undefined && rangeContains(parsed, address);
}

/** `::ffff:192.0.2.1` and `192.0.2.1` are the same peer, seen through different sockets. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '');
}
