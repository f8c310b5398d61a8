import {
  checkpointSendingsAnswer,
  checkpointWaysAnswer,
  createdCheckpointWay,
  type CheckpointWayAnswer,
} from '@akashi/contracts';
import { logOrigin, signCheckpoint } from '@akashi/integrity';
import { openTestAuthority, type TestAuthority } from '@akashi/integrity/timestamp-authority';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('where checkpoints leave to', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;
  let cookie: string;
  let foreign: string;
  let authority: TestAuthority;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    [own, other] = [await test.createTenant(), await test.createTenant()];
    cookie = await (await addPerson(test, own, 'tenant-admin')).signIn();
    foreign = await (await addPerson(test, other, 'tenant-admin')).signIn();
    authority = openTestAuthority();
  });
  afterAll(async () => {
    authority.remove();
    await test.close();
  });

  const call = (method: string, path: string, body?: unknown, as = cookie) =>
    callApi(test, { method, path, ...(body === undefined ? {} : { body }) }, { cookie: as });
  const ways = async (as = cookie): Promise<CheckpointWayAnswer[]> =>
    checkpointWaysAnswer.parse((await call('GET', '/v1/checkpoint-ways', undefined, as)).json).items;

  it('is the contacts each day from the beginning, and what an administrator adds', async () => {
    expect(await ways()).toMatchObject([{ id: own.tenant.id, kind: 'contacts', cadence: 'daily' }]);
    const hook = { kind: 'webhook', name: 'SIEM', target: 'http://127.0.0.1:9/akashi' };
    const made = createdCheckpointWay.parse((await call('POST', '/v1/checkpoint-ways', hook)).json);
    expect(made.secret).toMatch(/^whsec_/);
    const bucket = {
      kind: 'bucket',
      name: '監査用バケット',
      target: 'http://127.0.0.1:9',
      region: 'ap-northeast-1',
      bucket: 'audit',
      prefix: 'akashi/proof',
      accessKeyId: 'AK',
      secretAccessKey: 'very secret',
    };
    expect((await call('POST', '/v1/checkpoint-ways', bucket)).status).toBe(400);
    const created = await call('POST', '/v1/checkpoint-ways', { ...bucket, secretAccessKey: 'very-secret' });
    expect(created.status).toBe(201);
    expect(JSON.stringify(created.json)).not.toContain('very-secret');
    const stamps = { kind: 'time-stamp', name: 'TSA', target: 'http://127.0.0.1:9', certificate: 'none' };
    expect((await call('POST', '/v1/checkpoint-ways', stamps)).json).toMatchObject({ code: 'conflict' });
    const trusting = { ...stamps, certificate: authority.certificate };
    expect((await call('POST', '/v1/checkpoint-ways', trusting)).status).toBe(201);
    expect((await ways()).map(({ kind }) => kind)).toEqual(['contacts', 'webhook', 'bucket', 'time-stamp']);
    expect(JSON.stringify(await ways())).not.toContain('whsec_');
    expect(await ways(foreign)).toHaveLength(1);
  });

  it('is nowhere that the installation may not go', async () => {
    const hook = { kind: 'webhook', name: 'x', target: 'https://169.254.169.254/latest' };
    expect((await call('POST', '/v1/checkpoint-ways', hook)).json).toMatchObject({ code: 'address-refused' });
  });

  it('is changed and removed by nobody of another organisation, and the contacts stay', async () => {
    const hook = (await ways()).find(({ kind }) => kind === 'webhook');
    const path = `/v1/checkpoint-ways/${hook?.id}`;
    expect((await call('PATCH', path, { cadence: 'by-hand' }, foreign)).status).toBe(404);
    expect((await call('DELETE', path, undefined, foreign)).status).toBe(404);
    expect((await call('PATCH', path, { cadence: 'weekly' })).json).toMatchObject({ cadence: 'weekly' });
    expect((await call('DELETE', path)).status).toBe(204);
    const contacts = `/v1/checkpoint-ways/${own.tenant.id}`;
    expect((await call('PATCH', contacts, { cadence: 'by-hand' })).json).toMatchObject({ cadence: 'by-hand' });
    expect((await call('DELETE', contacts)).json).toMatchObject({ code: 'conflict' });
  });

  it('gets the newest proven checkpoint when somebody asks, which is kept and shown', async () => {
    expect((await call('POST', '/v1/checkpoint-sendings', {})).json).toMatchObject({ code: 'conflict' });
    const head = { origin: logOrigin(own.tenant.id), size: 7, root: Buffer.alloc(32, 1) };
    const note = signCheckpoint(head, test.keyring.forTenant(own.tenant.id).signingKey());
    await own.database.heldCheckpoints.raise({ size: 7, note, provenAt: new Date(), node: 'test' });
    const asked = await call('POST', '/v1/checkpoint-sendings', {});
    expect(asked.status).toBe(202);
    const { items } = checkpointSendingsAnswer.parse(asked.json);
    expect(items.map(({ kind }) => kind).toSorted()).toEqual(['bucket', 'contacts', 'time-stamp']);
    for (const item of items) expect(item).toMatchObject({ treeSize: 7, note, state: 'waiting' });
    const [contacts] = await ways();
    const one = await call('POST', '/v1/checkpoint-sendings', { ways: [contacts?.id] });
    expect(checkpointSendingsAnswer.parse(one.json).items).toHaveLength(1);
    const shown = checkpointSendingsAnswer.parse((await call('GET', '/v1/checkpoint-sendings?limit=10')).json);
    expect(shown.items).toHaveLength(4);
    const ofOther = await call('GET', '/v1/checkpoint-sendings', undefined, foreign);
    expect(checkpointSendingsAnswer.parse(ofOther.json).items).toEqual([]);
    const unknown = { ways: ['00000000-0000-4000-8000-000000000000'] };
    expect((await call('POST', '/v1/checkpoint-sendings', unknown)).status).toBe(404);
  });

  it('is set by administrators alone; auditors and reviewers see what left', async () => {
    for (const role of ['auditor', 'reviewer'] as const) {
      const reader = await (await addPerson(test, own, role)).signIn();
      expect((await call('GET', '/v1/checkpoint-sendings', undefined, reader)).status).toBe(200);
      expect((await call('POST', '/v1/checkpoint-sendings', {}, reader)).status).toBe(403);
      expect((await call('GET', '/v1/checkpoint-ways', undefined, reader)).status).toBe(role === 'auditor' ? 200 : 403);
    }
  });
});
