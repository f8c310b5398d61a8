import type { Server } from 'node:http';
import { parseAddressRange, rangeContains } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConnectionGate, defaultGateLimits } from '../connections/connection-gate.ts';
import { guardServer, type Arrival, type Entrance } from '../connections/entrance.ts';
import type { TrustedProxies } from '../connections/trusted-proxies.ts';
import type { IngestMetrics } from '../ingest-metrics.ts';
import { plainAddress } from '../sender/address-range.ts';
import { httpLimits } from './http-limits.ts';

interface Settings {
  readonly proxies: TrustedProxies;
  /** Ranges from which keys are taken without TLS. */
  readonly plainHttpFrom: readonly string[];
  readonly metrics: Pick<IngestMetrics, 'connectionGivenUp'>;
}

/** The servers of HTTP and HTTPS, as far as who comes by which is concerned. */
export class WaysIn {
  readonly #settings: Settings;
  readonly #gate: ConnectionGate;
  readonly #entrances: Entrance[] = [];
  /** Where HTTPS listens; 0 until it does. */
  httpsPort = 0;

  constructor(settings: Settings) {
    this.#settings = settings;
    // One gate for both: they share the file descriptors.
    this.#gate = new ConnectionGate(defaultGateLimits, () => settings.metrics.connectionGivenUp('http'));
  }

  /** Before the server listens. */
  guard(server: Server): void {
    server.requestTimeout = httpLimits.requestMs;
    server.headersTimeout = httpLimits.headMs;
    answerHalfClosed(server);
    this.#entrances.push(guardServer(server, { gate: this.#gate, proxies: this.#settings.proxies }));
  }

  /** Ends what is still under way. */
  close(): void {
    for (const entrance of this.#entrances) entrance.close();
  }

  /** The sender's address: what a named proxy says in the connection or in the request, else the peer's. */
  senderOf({ raw: request }: FastifyRequest): string {
    const address = this.#arrivalOf(request)?.address ?? plainAddress(request.socket.remoteAddress ?? '');
    return this.#settings.proxies.senderOf(address, request.headers['x-forwarded-for']);
  }

  /** Whether a key may come this way: by TLS, from this machine, or from where it is allowed. */
  mayShowKey(request: FastifyRequest): boolean {
    const { socket, headers } = request.raw;
    if ('encrypted' in socket && socket.encrypted === true) return true;
    const peer = this.#arrivalOf(request.raw)?.address ?? '';
    const { proxies, plainHttpFrom } = this.#settings;
    if (proxies.has(peer) && headers['x-forwarded-proto'] === 'https') return true;
    const sender = this.senderOf(request);
    // Who comes from the very address that it calls never left this machine.
    const isThisMachine = sender === plainAddress(socket.localAddress ?? '') && !proxies.has(sender);
    return isThisMachine || plainHttpFrom.some((text) => contains(text, sender));
  }

  /** A connection on which a known sender's request is worked on is not given up for others. */
  keepWhileWorkedOn(request: FastifyRequest, reply: FastifyReply, keyId: string | null): void {
    const connection = this.#arrivalOf(request.raw)?.connection;
    if (connection === undefined) return;
    if (keyId === null) {
      connection.setOwn();
      return;
    }
    connection.setBusy(true);
    reply.raw.once('close', () => {
      connection.setBusy(false);
      connection.touch();
    });
  }

  #arrivalOf({ socket }: FastifyRequest['raw']): Arrival | undefined {
    for (const entrance of this.#entrances) {
      const arrival = entrance.arrivalOf(socket);
      if (arrival !== undefined) return arrival;
    }
    return undefined;
  }
}

/**
 * A sender may close its side once the request is out (`nc -N`); Node would close the connection on it unanswered. Only
 * here, where an answer takes no longer than the disk: one that goes on for minutes could not tell that its reader left.
 */
function answerHalfClosed(server: Server): void {
  // Not in Node's documentation nor in its types, but there since its first versions.
  Object.assign(server, { httpAllowHalfOpen: true });
}

function contains(range: string, address: string): boolean {
  const parsed = parseAddressRange(range);
  return parsed !== undefined && rangeContains(parsed, address);
}

/** The key has crossed the network in the clear: whoever hears that should replace it, and send it by TLS from then on. */
export function httpsRequired(httpsPort: number): AppError {
  return new AppError('https-required', {
    detail:
      `Send to https on port ${httpsPort}, trusting the installation's certificate authority (ca.pem), and replace this key: ` +
      'it came over the network unencrypted. The operator may allow addresses to send without TLS (AKASHI_PLAIN_HTTP_FROM).',
    params: { port: httpsPort },
  });
}
