import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { auditTrailGroup } from '@akashi/policy';

/** A recorded act as the fields of its line. */
export interface RecordedAct {
  tenantId: string;
  logStream: string;
  event: { action: string; outcome: string; reason?: string };
  user: { id: string; name: string; email?: string; roles?: string };
  source: { address: string; ip?: string };
  akashi: {
    audit: { target: { kind: string; id?: string; name?: string }; query?: string; count?: number; changes?: string };
  };
}

/** A line of another of the product's own log groups, as it was sent. */
export interface RecordedLine {
  tenantId: string;
  logGroup: string;
  logStream: string;
  line: string;
}

export interface TestIntake {
  readonly url: string;
  readonly acts: RecordedAct[];
  /** Of `akashi/reports` and `akashi/reviews`. */
  readonly lines: RecordedLine[];
  /** While true it answers 503, as the intake does when its disk is full. */
  isAway: boolean;
  /** While true the lines of `akashi/reviews` are refused and the audit trail is not. */
  refusesReviews: boolean;
  /** While true its answers to lines of `akashi/reviews` are lost, after it has kept them. */
  losesReceipts: boolean;
  close(): Promise<void>;
}

/** Stands in for the intake: keeps what the audit trail and the other own logs are sent. The real way is in the installation's journeys. */
export async function startTestIntake(): Promise<TestIntake> {
  const acts: RecordedAct[] = [];
  const kept: RecordedLine[] = [];
  const keys = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = /^\/v1\/log-groups\/(akashi%2F[a-z]+)\/log-streams\/([^/]+)\/records$/.exec(request.url ?? '');
      const isSystem = request.headers.authorization?.startsWith('Bearer akashi_system_') === true;
      if (intake.isAway || path === null || !isSystem) {
        response.writeHead(intake.isAway ? 503 : 403, { 'content-type': 'application/problem+json' });
        response.end('{"code":"disk-full"}');
        return;
      }
      const raw = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
      const lines = JSON.parse(body.toString('utf8')) as string[];
      const tenantId = String(request.headers['x-akashi-tenant']);
      const [, group = '', logStream = ''] = path;
      const logGroup = decodeURIComponent(group);
      if (logGroup === auditTrailGroup)
        acts.push(
          ...lines.map((line) => ({
            tenantId,
            logStream,
            ...(JSON.parse(line) as Omit<RecordedAct, 'tenantId' | 'logStream'>),
          })),
        );
      else if (intake.refusesReviews) {
        response.writeHead(503, { 'content-type': 'application/problem+json' });
        response.end('{"code":"disk-full"}');
        return;
      } else {
        // The same key again is kept once, as the intake does.
        const key = `${tenantId} ${logGroup} ${logStream} ${String(request.headers['idempotency-key'])}`;
        if (!keys.has(key)) kept.push(...lines.map((line) => ({ tenantId, logGroup, logStream, line })));
        keys.add(key);
        if (intake.losesReceipts) {
          response.destroy();
          return;
        }
      }
      response.writeHead(201, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          batchId: 'b',
          records: lines.length,
          bytes: raw.length,
          receivedAt: new Date().toISOString(),
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const intake: TestIntake = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    acts,
    lines: kept,
    isAway: false,
    refusesReviews: false,
    losesReceipts: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return intake;
}
