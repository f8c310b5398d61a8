import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isAddressAllowed, isPublicAddress } from '@akashi/policy';

/** The address that a name led to, or the way there, is not one that this installation goes to. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';
}

export interface FetchGuard {
  /**
   * Networks beside the public internet, as CIDR ranges, that the platform lets requests lead to; there plain HTTP is taken
   * as well. Empty: public addresses over HTTPS alone.
   */
  readonly allowedNetworks: readonly string[];
  /** How a name is resolved; as the system does it unless told. */
  readonly resolve?: Resolve;
}

type Resolve = (
  hostname: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const longestAnswerBytes = 1024 * 1024;
const timeoutMs = 10_000;

/** What of `fetch` is offered. */
interface GuardedRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A `fetch` for addresses that somebody typed. A name is resolved once, every address that it leads to is judged, and the
 * connection goes to what was judged: no second look-up can lead elsewhere (DNS rebinding). Redirects are answers, never
 * followed. At most 1 MiB within ten seconds.
 */
export function createGuardedFetch(guard: FetchGuard) {
  return async (address: string, init: GuardedRequest): Promise<Response> => {
    const url = new URL(address);
    const refusal = refuseAddress(url, guard);
    if (refusal !== null) throw new AddressRefusedError(refusal);
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal == null ? [] : [init.signal])]);
    const answer = await send(
      url,
      { ...init, signal },
      guardedLookup(guard.resolve ?? lookup, (ip) => mayReach(url, ip, guard)),
    );
    return readAnswer(answer);
  };
}

/**
 * Why nothing is sent to an address, as far as the address itself says: it is not by HTTPS, or it is literally one that is not
 * public. Null when the name has yet to be looked up, or nothing speaks against it.
 */
export function refuseAddress(url: URL, guard: FetchGuard): string | null {
  const isPlain = url.protocol === 'http:' && guard.allowedNetworks.length > 0;
  if (url.protocol !== 'https:' && !isPlain) return 'no HTTPS';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is connected to without being looked up.
  return isIP(host) !== 0 && !mayReach(url, host, guard) ? 'the address is not public' : null;
}

function mayReach(url: URL, ip: string, { allowedNetworks }: FetchGuard): boolean {
  const isAllowed = allowedNetworks.length > 0 && isAddressAllowed(allowedNetworks, ip);
  return isAllowed || (url.protocol === 'https:' && isPublicAddress(ip));
}

function guardedLookup(resolve: Resolve, mayReach: (ip: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, '');
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => mayReach(address))) {
        return callback(new AddressRefusedError('the name leads to an address that is not public'), '');
      }
      return options.all === true ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}

function send(url: URL, init: GuardedRequest, lookup: LookupFunction): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    const { method = 'GET', headers = {}, body, signal } = init;
    const content = body === undefined || body === null ? undefined : bytesOf(body);
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method,
      // A connection of its own: none that was opened for another name is used again.
      agent: false,
      lookup,
      headers: { ...headers, ...(content === undefined ? {} : { 'content-length': content.length }) },
      ...(signal === undefined ? {} : { signal }),
    });
    request.once('response', done);
    request.once('error', fail);
    request.end(content);
  });
}

function bytesOf(body: unknown): Buffer {
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(String(body as string));
}

async function readAnswer(answer: IncomingMessage): Promise<Response> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longestAnswerBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const each of [value ?? []].flat()) headers.append(name, each);
  }
  const status = answer.statusCode ?? 502;
  const isEmpty = status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers });
}
