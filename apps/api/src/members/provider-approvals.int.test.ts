import { randomUUID } from 'node:crypto';
import { identityProvider, identityProvidersAnswer, type IdentityProviderAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer, TestOpenIdProvider } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, testWebUrl, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('what a provider’s groups open', () => {
  let test: TestApi;
  let own: ApiTenant;
  let provider: TestOpenIdProvider;
  let admin: TestPerson;
  let approver: TestPerson;
  let wide: string;
  let empty: string;

  beforeAll(async () => {
    provider = await TestOpenIdProvider.start(`${testWebUrl}/api/v1/session/provider/callback`);
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    approver = await addPerson(test, own, 'approver');
    wide = await addGroup(own, [], { logGroups: ['*'] });
    empty = (await own.database.accessGroups.create({ name: 'empty', description: '', ownerId: null })) ?? '';
  });
  afterAll(async () => {
    await test.close();
    provider.stop();
  });

  const send = async (by: TestPerson, method: string, path: string, body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: await by.signIn() });
  const values = (groupIds: string[]) => ({
    name: `accounts ${randomUUID()}`,
    issuer: provider.issuer,
    clientId: provider.client.id,
    groupMapping: [{ values: ['everyone'], role: 'viewer', groupIds }],
  });
  const create = (groupIds: string[], approvedBy?: TestPerson) =>
    send(admin, 'POST', '/v1/identity-providers', {
      ...values(groupIds),
      clientSecret: provider.client.secret,
      approvedBy: approvedBy?.userId,
    });
  const change = (id: string, groupIds: string[], approvedBy?: TestPerson) =>
    send(admin, 'PUT', `/v1/identity-providers/${id}`, { ...values(groupIds), approvedBy: approvedBy?.userId });
  const stored = async (id: string): Promise<IdentityProviderAnswer> => {
    const { items } = identityProvidersAnswer.parse((await send(admin, 'GET', '/v1/identity-providers')).json);
    const found = items.find((each) => each.id === id);
    if (found === undefined) throw new Error('it is gone');
    return found;
  };
  const opens = async (id: string): Promise<string[]> =>
    (await stored(id)).groupMapping.flatMap(({ groupIds }) => groupIds);
  const waiting = async (): Promise<string> => {
    const found = (await own.database.approvals.list()).find(({ decision }) => decision === null);
    return found?.id ?? '';
  };
  const confirm = async (): Promise<TestAnswer> =>
    send(approver, 'POST', `/v1/approvals/${await waiting()}/confirm`, {});

  it('is in force at once where it opens no more than whoever writes it sees', async () => {
    const made = await create([empty]);
    expect(made.status, made.text).toBe(201);
    expect(identityProvider.parse(made.json)).toMatchObject({ awaitsApproval: false });
    expect(await opens(String(made.json['id']))).toEqual([empty]);
  });

  it('waits for another person’s word where it opens more', async () => {
    expect((await create([wide])).json).toMatchObject({ status: 403, code: 'approval-required' });
    expect((await create([wide], admin)).json).toMatchObject({ status: 403, code: 'approval-required' });
    const made = await create([empty, wide], approver);
    const id = String(made.json['id']);
    expect(made.json).toMatchObject({ awaitsApproval: true });
    expect(await opens(id)).toEqual([empty]);
    const confirmed = await confirm();
    expect(confirmed.json).toMatchObject({ state: 'confirmed', provider: { id } });
    expect(await opens(id)).toEqual([empty, wide]);
    expect(await stored(id)).toMatchObject({ awaitsApproval: false });
    // What was approved stays, whoever else changes the rest.
    const kept = await change(id, [wide]);
    expect([kept.status, await opens(id)]).toEqual([200, [wide]]);
    const acts = test.intake.acts.filter(({ user }) => [admin.userId, approver.userId].includes(user.id ?? ''));
    const last = acts.findLast(({ event }) => event.action === 'approval.confirm');
    expect(last?.user.id).toBe(approver.userId);
  });

  it('is taken away without a word, and what was asked for before does not come back', async () => {
    const made = await create([empty], approver);
    const id = String(made.json['id']);
    expect((await change(id, [empty, wide], approver)).json).toMatchObject({ awaitsApproval: true });
    const asked = await waiting();
    const renamed = await change(id, [empty]);
    expect(renamed.json).toMatchObject({ awaitsApproval: true });
    expect((await change(id, [])).json).toMatchObject({ awaitsApproval: false });
    const late = await send(approver, 'POST', `/v1/approvals/${asked}/confirm`, {});
    expect(late.json).toMatchObject({ status: 409, code: 'decided-before' });
    expect(await opens(id)).toEqual([]);
  });
});
