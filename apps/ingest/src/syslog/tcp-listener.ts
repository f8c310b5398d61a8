import { X509Certificate } from 'node:crypto';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { explainListenError } from '@akashi/server-kit';
import { plainAddress } from '../sender/address-range.ts';
import type { SyslogListenerSettings } from './syslog-listener-settings.ts';
import { serveTcpConnection, type TcpConnection } from './tcp-connection.ts';

export interface TcpListenerSettings extends SyslogListenerSettings {
  /** With a certificate the listener speaks TLS (RFC 5425), without one plain TCP. */
  tls?: { cert: string; key: string; ca: string };
}

export interface SyslogListener {
  readonly port: number;
  close(): Promise<void>;
}

/** File descriptors are finite: more connections than this are refused at once and counted. */
const maxConnections = 4096;
const maxConnectionsPerAddress = 512;
const handshakeTimeoutMs = 20_000;

export async function listenTcp(settings: TcpListenerSettings): Promise<SyslogListener> {
  const { tls, metrics } = settings;
  const kind = tls === undefined ? 'syslog-tcp' : 'syslog-tls';
  const onGivenUp = (records: number): void => metrics.dropped(kind, 'stopped', records);
  const onUndecodable = (bytes: number): void => metrics.undecodable(kind, bytes);
  const open = new Set<TcpConnection>();
  const sockets = new Set<Socket>();
  const perAddress = new Map<string, number>();

  /** Before the handshake, so that strangers cost no cryptography. Says whether the socket may stay. */
  function admit(socket: Socket): boolean {
    const address = plainAddress(socket.remoteAddress ?? '');
    const count = perAddress.get(address) ?? 0;
    if (count >= maxConnectionsPerAddress || sockets.size >= maxConnections) {
      metrics.connectionRefused();
      socket.destroy();
      return false;
    }
    perAddress.set(address, count + 1);
    sockets.add(socket);
    metrics.connections(kind, 1);
    socket.once('close', () => {
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left === 0) perAddress.delete(address);
      else perAddress.set(address, left);
      sockets.delete(socket);
      metrics.connections(kind, -1);
    });
    return true;
  }

  function refuse(socket: Socket, reason: 'no-source' | 'no-handshake'): void {
    const address = plainAddress(socket.remoteAddress ?? '');
    settings.unknownSenders.note({ kind, address, reason, port: socket.localPort ?? settings.port });
    socket.destroy();
  }

  function serve(socket: Socket, certificateFingerprint?: string): void {
    const address = plainAddress(socket.remoteAddress ?? '');
    const source = settings.senders.table.sourceOf({ address, certificateFingerprint });
    if (source === undefined) {
      refuse(socket, 'no-source');
      return;
    }
    if (settings.quotas.decide(source.tenantId).code === 'tenant-suspended') {
      metrics.refused(kind, 'tenant-suspended');
      socket.destroy();
      return;
    }
    const { landing, quotas, logger } = settings;
    const batching = { landing, quotas, source, kind, address, logger, onGivenUp, onUndecodable } as const;
    const connection = serveTcpConnection(socket, batching, () => {
      open.delete(connection);
    });
    open.add(connection);
  }

  const server =
    tls === undefined
      ? createTcpServer((socket) => {
          if (admit(socket)) serve(socket);
        })
      : createTlsServer(
          // Any certificate may come: the handshake proves that the peer holds its key, and its fingerprint maps it.
          {
            ...tls,
            minVersion: 'TLSv1.2',
            requestCert: true,
            rejectUnauthorized: false,
            handshakeTimeout: handshakeTimeoutMs,
          },
          (socket) => serve(socket, fingerprintOf(socket)),
        );
  if (tls !== undefined) {
    server.on('connection', (socket: Socket) => void admit(socket));
    server.on('tlsClientError', (_error: Error, socket: TLSSocket) => {
      // Who only looked whether the port is open is gone again, and its address with it.
      if (socket.remoteAddress === undefined) socket.destroy();
      else refuse(socket, 'no-handshake');
    });
  }
  await listen(server, settings);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : settings.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all([...open].map((connection) => connection.close()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function fingerprintOf(socket: TLSSocket): string | undefined {
  const { raw } = socket.getPeerCertificate();
  if (!(raw instanceof Buffer)) return undefined;
  return new X509Certificate(raw).fingerprint256.replaceAll(':', '').toLowerCase();
}

function listen(server: Server, settings: TcpListenerSettings): Promise<void> {
  const { port, bind } = settings;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const explained = explainListenError(error, { port, bind });
      reject(explained instanceof Error ? explained : error);
    });
    server.listen({ port, host: bind, backlog: 511 }, resolve);
  });
}
