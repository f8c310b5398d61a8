import { X509Certificate } from 'node:crypto';
import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { explainListenError } from '@akashi/server-kit';
import { ConnectionGate, defaultGateLimits } from '../connections/connection-gate.ts';
import { guardServer } from '../connections/entrance.ts';
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

const handshakeTimeoutMs = 10_000;

export async function listenTcp(settings: TcpListenerSettings): Promise<SyslogListener> {
  const { tls, metrics } = settings;
  const kind = tls === undefined ? 'syslog-tcp' : 'syslog-tls';
  const onGivenUp = (records: number): void => metrics.dropped(kind, 'stopped', records);
  const onUndecodable = (bytes: number): void => metrics.undecodable(kind, bytes);
  const open = new Set<TcpConnection>();
  const gate = new ConnectionGate(settings.gateLimits ?? defaultGateLimits, () => metrics.connectionGivenUp(kind));

  function refuse(
    socket: Socket,
    { address, reason }: { address: string; reason: 'no-source' | 'no-handshake' },
  ): void {
    settings.unknownSenders.note({ kind, address, reason, port: socket.localPort ?? settings.port });
    socket.destroy();
  }

  function serve(socket: Socket, certificateFingerprint?: string): void {
    const arrival = entrance.arrivalOf(socket);
    if (arrival === undefined) {
      socket.destroy();
      return;
    }
    const { address } = arrival;
    const source = settings.senders.table.sourceOf({ address, certificateFingerprint });
    if (source === undefined) {
      refuse(socket, { address, reason: 'no-source' });
      return;
    }
    if (settings.quotas.decide(source.tenantId).code === 'tenant-suspended') {
      metrics.refused(kind, 'tenant-suspended');
      socket.destroy();
      return;
    }
    arrival.connection.belongsTo(source.tenantId);
    metrics.connections(kind, 1);
    socket.once('close', () => metrics.connections(kind, -1));
    const { connection: opened } = arrival;
    socket.on('data', () => opened.touch());
    const { landing, quotas, logger } = settings;
    const batching = { landing, quotas, source, kind, address, logger, onGivenUp, onUndecodable } as const;
    const connection = serveTcpConnection(socket, batching, () => {
      open.delete(connection);
    });
    open.add(connection);
  }

  const server =
    tls === undefined
      ? createTcpServer((socket) => serve(socket))
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
  // Before the handshake, so that strangers cost no cryptography.
  const entrance = guardServer(server, { gate, proxies: settings.proxies });
  if (tls !== undefined) {
    server.on('tlsClientError', (_error: Error, socket: TLSSocket) => {
      const address = entrance.arrivalOf(socket)?.address;
      // Who only looked whether the port is open is gone again, and its address with it.
      if (address === undefined) socket.destroy();
      else refuse(socket, { address, reason: 'no-handshake' });
    });
  }
  await listen(server, settings);
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : settings.port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.all([...open].map((connection) => connection.close()));
      entrance.close();
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
