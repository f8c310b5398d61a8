import { createServer, type Server } from 'node:https';
import { explainListenError } from '@akashi/server-kit';
import type { FastifyInstance } from 'fastify';
import { httpLimits } from './http-limits.ts';
import type { WaysIn } from './ways-in.ts';

export interface SecureServer {
  readonly port: number;
  /** Takes no more connections and ends those that are idle; resolves when the others are done. */
  close(): Promise<void>;
}

interface Settings {
  readonly port: number;
  readonly bind: string;
  readonly certificate: { readonly cert: string; readonly key: string; readonly ca: string };
  readonly ways: WaysIn;
}

const handshakeTimeoutMs = 10_000;

/** The routes of the plain server over TLS 1.2 and newer, beside it. */
export async function openSecureServer(
  fastify: FastifyInstance,
  { port, bind, certificate, ways }: Settings,
): Promise<SecureServer> {
  const { cert, key } = certificate;
  const server = createServer(
    {
      cert,
      key,
      minVersion: 'TLSv1.2',
      handshakeTimeout: handshakeTimeoutMs,
      connectionsCheckingInterval: httpLimits.looksEveryMs,
      keepAliveTimeout: fastify.server.keepAliveTimeout,
    },
    (request, response) => fastify.routing(request, response),
  );
  for (const answer of fastify.server.listeners('clientError')) server.on('clientError', answer as () => void);
  // Who does not speak TLS, or gives up, is gone; that says nothing about anybody else.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  ways.guard(server);
  await listen(server, { port, bind });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      await closed;
    },
  };
}

function listen(server: Server, { port, bind }: { port: number; bind: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const explained = explainListenError(error, { port, bind });
      reject(explained instanceof Error ? explained : error);
    });
    server.listen({ port, host: bind, backlog: 511 }, resolve);
  });
}
