import { ownAccess, type OwnAccess } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('one’s own access', () => {
  let test: TestApi;
  let tenant: ApiTenant;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    tenant = await test.createTenant();
  });
  afterAll(() => test.close());

  const read = async (person: TestPerson): Promise<OwnAccess> => {
    const call = { method: 'GET', path: '/v1/access/own' };
    return ownAccess.parse((await callApi(test, call, { cookie: await person.signIn() })).json);
  };

  it('tells a new administrator that nothing has arrived, though the audit trail holds events', async () => {
    const administrator = await addPerson(test, tenant, 'tenant-admin');
    await tenant.seal('akashi/audit', ['{"message":"Signed in"}']);
    expect(await read(administrator)).toEqual({ logGroups: [], anyReceived: false, received: [] });
  });

  it('tells those who manage access what has arrived that they do not see, and nobody else', async () => {
    await tenant.seal('db/access', ['{"message":"select"}']);
    await tenant.seal('web', ['hello from the web']);
    const administrator = await addPerson(test, tenant, 'tenant-admin');
    const keeper = await addPerson(test, tenant, 'log-administrator');
    const viewer = await addPerson(test, tenant, 'viewer');
    await addGroup(tenant, [administrator, viewer], { logGroups: ['db/*'] });
    expect(await read(administrator)).toEqual({
      logGroups: ['db/*'],
      anyReceived: true,
      received: [
        { name: 'db/access', reach: 'all' },
        { name: 'web', reach: 'none' },
      ],
    });
    expect(await read(keeper)).toEqual({ logGroups: [], anyReceived: true, received: null });
    expect(await read(viewer)).toEqual({ logGroups: ['db/*'], anyReceived: null, received: null });
  });
});
