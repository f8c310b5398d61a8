import { randomUUID } from 'node:crypto';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../api.fixtures.ts';
import { callApi } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('callers whom nobody knows (10.2.1.4)', () => {
  let test: TestApi;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  let isOpen = true;
  afterAll(() => (isOpen ? test.close() : undefined));

  it('stand in the platform’s trail, once a minute, without what they showed', async () => {
    const key = `aka_${randomUUID()}`;
    const cookie = `akashi_session=${randomUUID()}`;
    const list = { method: 'GET', path: '/v1/log-groups' };
    for (let times = 0; times < 4; times += 1) expect((await callApi(test, list, { key })).status).toBe(401);
    expect((await callApi(test, list, { cookie })).status).toBe(401);

    const platform = (await test.database.platform.listTenants()).find(({ kind }) => kind === 'platform');
    const route = { kind: 'route', name: 'GET /v1/log-groups' };
    const counted = (count: number) => ({
      tenantId: platform?.id,
      user: { id: 'unknown' },
      source: { ip: '127.0.0.1' },
      akashi: { audit: { count, target: route } },
    });
    const first = [
      { event: { action: 'request.refused', outcome: 'failure', reason: 'unknown-key' }, ...counted(1) },
      { event: { action: 'request.refused', outcome: 'failure', reason: 'unknown-session' }, ...counted(1) },
    ];
    expect(test.intake.acts).toMatchObject(first);
    // What the minute still holds is told when the service stops.
    isOpen = false;
    await test.close();
    expect(test.intake.acts).toMatchObject([...first, { event: { reason: 'unknown-key' }, ...counted(3) }]);
    expect(JSON.stringify(test.intake.acts)).not.toContain(key);
    expect(JSON.stringify(test.intake.acts)).not.toContain(cookie.split('=')[1]);
  });
});
