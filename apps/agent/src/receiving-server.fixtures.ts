import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';

export type Received = { stream: string; key: string; records: string[]; headers: IncomingMessage['headers'] };
/** What a test answers instead of a receipt; `hang up` closes the connection, after storing when `stored` is set. */
export type Interference = {
  status?: number;
  headers?: Record<string, string>;
  code?: string;
  hangUp?: boolean;
  stored?: boolean;
};

export type ReceivingServer = {
  readonly url: string;
  readonly batches: Received[];
  /** Batches that came again under a known key. */
  repeats: number;
  interfere: (batch: Received) => Interference | null;
  lines: (stream?: string) => string[];
  close: () => Promise<void>;
};

/** Stands in for the intake: bearer key, gzip, receipts, and idempotency keys as the real one keeps them. */
export async function startReceivingServer(accessKey: string, port = 0): Promise<ReceivingServer> {
  const known = new Map<string, { digest: string; receipt: string }>();
  const server: ReceivingServer = {
    url: '',
    batches: [],
    repeats: 0,
    interfere: () => null,
    lines: (stream) =>
      server.batches
        .filter((batch) => stream === undefined || batch.stream === stream)
        .flatMap((batch) => batch.records),
    close: () =>
      new Promise((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = (status: number, body: object, headers: Record<string, string> = {}): void => {
        response.writeHead(status, {
          'Content-Type': status < 300 ? 'application/json' : 'application/problem+json',
          ...headers,
        });
        response.end(JSON.stringify(body));
      };
      const path = /^\/v1\/log-groups\/([^/]+)\/log-streams\/([^/]+)\/records$/.exec(request.url ?? '');
      if (path?.[1] === undefined || path[2] === undefined) return answer(404, { code: 'not_found' });
      if (request.headers.authorization !== `Bearer ${accessKey}`) return answer(401, { code: 'key_unknown' });
      const raw = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
      const batch: Received = {
        stream: `${decodeURIComponent(path[1])}/${decodeURIComponent(path[2])}`,
        key: String(request.headers['idempotency-key']),
        records: JSON.parse(body.toString('utf8')) as string[],
        headers: request.headers,
      };
      const digest = createHash('sha256').update(body).digest('hex');
      const before = known.get(batch.key);
      if (before !== undefined) {
        if (before.digest !== digest) return answer(409, { code: 'key_reused' });
        server.repeats += 1;
        return answer(201, JSON.parse(before.receipt) as object);
      }
      const interference = server.interfere(batch);
      const store = (): string => {
        const receipt = JSON.stringify({
          batchId: `b${known.size + 1}`,
          records: batch.records.length,
          bytes: body.length,
          receivedAt: new Date().toISOString(),
        });
        known.set(batch.key, { digest, receipt });
        server.batches.push(batch);
        return receipt;
      };
      if (interference === null) return answer(201, JSON.parse(store()) as object);
      if (interference.stored === true) store();
      if (interference.hangUp === true) return void request.socket.destroy();
      answer(interference.status ?? 503, { code: interference.code ?? 'test' }, interference.headers);
    });
  });
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  return Object.assign(server, { url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` });
}
