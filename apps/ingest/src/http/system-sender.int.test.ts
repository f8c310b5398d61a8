import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';

let ingest: TestIngest | undefined;

afterEach(() => ingest?.remove());

const auditPath = '/v1/log-groups/akashi%2Faudit/log-streams/api/records';

it('lets the system key alone write the product’s own log groups, for the organisation that it names', async () => {
  ingest = await openTestIngest();
  const { tenantId, home } = ingest;
  const post: TestIngest['post'] = (...args) => (ingest as TestIngest).post(...args);
  const keyPath = join(home, 'keys', 'system-sender.key');
  expect((await stat(keyPath)).mode & 0o777).toBe(0o600);
  const system = { authorization: `Bearer ${await ingest.keyring.systemSenderKey()}` };
  const codes = async (response: Response) => {
    const problem = (await response.json()) as { code: string; reason?: string };
    return [response.status, problem.code, problem.reason];
  };
  expect(await codes(await post(auditPath, 'line'))).toEqual([403, 'forbidden', 'log-group-not-allowed']);
  expect(await codes(await post('/v1/log-groups/akashi/x/log-streams/y/records', 'line'))).toEqual([
    403,
    'forbidden',
    'log-group-not-allowed',
  ]);
  expect(await codes(await post('', 'line', { ...system, 'x-akashi-tenant': tenantId }))).toEqual([
    403,
    'forbidden',
    'log-group-not-allowed',
  ]);
  expect(await codes(await post(auditPath, 'line', system))).toEqual([400, 'request-invalid', 'header']);
  const unknown = await post(auditPath, 'line', { ...system, 'x-akashi-tenant': randomUUID() });
  expect(unknown.status).toBeGreaterThanOrEqual(400);
  const taken = await post(auditPath, '{"event":{"action":"search"}}', { ...system, 'x-akashi-tenant': tenantId });
  expect(taken.status).toBe(201);
  const sealed = { ...system, 'x-akashi-tenant': tenantId, 'idempotency-key': 'run-1' };
  for (const group of ['reports', 'reports', 'reviews'])
    expect((await post(auditPath.replace('audit', group), `{"group":"${group}"}`, sealed)).status).toBe(201);
  const otherLine = await post(auditPath.replace('audit', 'reports'), '{"group":"other"}', sealed);
  expect(otherLine.status).toBe(409);
  const records = await ingest.stopAndRead();
  expect(records.map(({ text, origin }) => [text, origin.source.id, origin.source.kind, origin.format])).toEqual([
    ['{"event":{"action":"search"}}', 'system', 'system', 'akashi-audit'],
    ['{"group":"reports"}', 'system', 'system', 'akashi-audit'],
    ['{"group":"reviews"}', 'system', 'system', 'akashi-audit'],
  ]);
});
