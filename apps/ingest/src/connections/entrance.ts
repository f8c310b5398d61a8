import type { Server, Socket } from 'node:net';
import { plainAddress } from '../sender/address-range.ts';
import type { ConnectionGate, OpenConnection } from './connection-gate.ts';
import { readProxyHeader } from './proxy-header.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

/** A connection that came in, and from whom. */
export interface Arrival {
  /** Of the sender: what a named proxy says, else the peer's own. */
  readonly address: string;
  readonly connection: OpenConnection;
}

export interface Entrance {
  /** Of a socket that the server hands out, also of a TLS one; undefined when it is gone already. */
  arrivalOf(socket: Socket): Arrival | undefined;
  /** Ends what is still open. */
  close(): void;
}

interface Settings {
  readonly gate: ConnectionGate;
  readonly proxies: TrustedProxies;
}

/** A proxy that is named writes its header at once. */
const headerMs = 5_000;

/**
 * Stands before a server of HTTP, TLS or TCP: each connection is counted before anything of it is read, and one of a named
 * proxy is asked for the PROXY protocol. Call it before the server listens.
 */
export function guardServer(server: Server, { gate, proxies }: Settings): Entrance {
  const serve = server.listeners('connection') as ((this: Server, socket: Socket) => void)[];
  server.removeAllListeners('connection');
  const arrivals = new Map<string, Arrival>();
  const sockets = new Set<Socket>();

  function arrive(socket: Socket, address: string): void {
    const connection = gate.admit(socket, { address, isProxy: proxies.has(address) });
    if (connection === undefined) return;
    const name = nameOf(socket);
    arrivals.set(name, { address, connection });
    socket.once('close', () => arrivals.delete(name));
    for (const each of serve) each.call(server, socket);
  }

  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const peer = plainAddress(socket.remoteAddress ?? '');
    if (!proxies.has(peer)) arrive(socket, peer);
    else untilProxyHeader(socket, (address) => arrive(socket, address ?? peer));
  });
  return {
    arrivalOf: (socket) => arrivals.get(nameOf(socket)),
    close() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A TLS socket and the one below it have the same peer, and no two that are open to one port do. */
function nameOf(socket: Socket): string {
  return `${socket.remoteAddress} ${socket.remotePort}`;
}

function untilProxyHeader(socket: Socket, done: (address: string | null) => void): void {
  let bytes = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), headerMs);
  const ignore = (): void => undefined;
  const look = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    bytes = Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header.kind === 'undecided') return;
    stop();
    if (header.kind === 'invalid') {
      socket.destroy();
      return;
    }
    const rest = header.kind === 'read' ? bytes.subarray(header.length) : bytes;
    if (rest.length > 0) socket.unshift(rest);
    done(header.kind === 'read' && header.address !== null ? plainAddress(header.address) : null);
  };
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', look).off('close', stop).off('error', ignore);
  };
  socket.on('readable', look).on('close', stop).on('error', ignore);
}
