import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createOwnLogSender } from './index.ts';

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

const line = {
  tenantId: '0198c0de-0000-7000-8000-000000000001',
  logGroup: 'akashi/reports',
  logStream: 'runs',
  line: '{"event":{"action":"report.sealed"}}',
  idempotencyKey: 'run-1',
};

/** Answers the statuses one after another, the last one for good. */
async function serve(...statuses: number[]) {
  const asked: { url: string | undefined; tenant: unknown; key: unknown; authorization: unknown }[] = [];
  const server = createServer((request, response) => {
    const { headers } = request;
    asked.push({
      url: request.url,
      tenant: headers['x-akashi-tenant'],
      key: headers['idempotency-key'],
      authorization: headers.authorization,
    });
    const status = statuses.length > 1 ? (statuses.shift() ?? 500) : (statuses[0] ?? 500);
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(
          status === 201
            ? { batchId: 'b', records: 1, bytes: 1, receivedAt: '2026-11-30T00:00:00Z' }
            : { code: `told-${status}` },
        ),
      );
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sender = createOwnLogSender({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    key: () => Promise.resolve('akashi_system_x'),
    withinMs: 1000,
  });
  return { asked, sender };
}

describe('the sender of the product’s own logs', () => {
  it('answers after the receipt, and sends again under the same key until there is one', async () => {
    const { asked, sender } = await serve(503, 201);
    await sender.append(line);
    expect(asked).toEqual(
      Array.from({ length: 2 }, () => ({
        url: '/v1/log-groups/akashi%2Freports/log-streams/runs/records',
        tenant: line.tenantId,
        key: 'run-1',
        authorization: 'Bearer akashi_system_x',
      })),
    );
  });

  it.each([
    [409, 'conflict'],
    [403, 'told-403'],
    [503, 'told-503'],
  ])('rejects %i with the code %s', async (status, code) => {
    const { sender } = await serve(status);
    await expect(sender.append(line)).rejects.toMatchObject({ name: 'OwnLogError', code });
  });
});
