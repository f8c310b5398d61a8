import type { FastifyInstance } from 'fastify';

/** A year, as preload lists and scanners ask for. */
const strictTransportSecurity = 'max-age=31536000';

/**
 * What every answer carries: it holds secrets or logs and stays in no cache unless its route says otherwise, and a
 * browser that came over HTTPS never comes back without it (RFC 6797).
 */
export function addAnswerHeaders(server: FastifyInstance, { overHttps }: { readonly overHttps: boolean }): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    void reply.header('x-content-type-options', 'nosniff');
    if (overHttps) void reply.header('strict-transport-security', strictTransportSecurity);
    done(null, payload);
  });
}
