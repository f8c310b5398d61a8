import { watchStatusAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('the watch status', () => {
  let test: TestApi;
  let own: ApiTenant;
  let cookie: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    cookie = await (await addPerson(test, own, 'tenant-admin')).signIn();
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, body?: unknown, as = cookie): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: as });
  const status = async (as = cookie) =>
    watchStatusAnswer.parse((await send('GET', '/v1/watch-status', undefined, as)).json);
  const stateOf = async (id: string) => (await status()).items.find((item) => item.id === id)?.state;

  it('is unknown while nothing was seen, green once it was, and red while something is wrong', async () => {
    const { looks } = test.database.platform.watching;
    const old = new Date(Date.now() - 3_600_000);
    await looks.note([{ name: 'index', lookedAt: old, wrong: 0, details: {} }]);
    expect(new Set((await status()).items.map(({ state }) => state))).toEqual(new Set(['unknown']));
    await looks.note([{ name: 'index', lookedAt: new Date(), wrong: 0, details: {} }]);
    expect(await stateOf('index')).toBe('ok');
    await looks.note([{ name: 'index', lookedAt: new Date(), wrong: 1, details: {} }]);
    expect(await stateOf('index')).toBe('wrong');
    const silent = { kind: 'source-silent', where: 'stream web host-a', cause: 'rhythm-broken' } as const;
    await own.database.incidents.notice({ ...silent, at: new Date() });
    expect(await stateOf('streams')).toBe('wrong');
    await own.database.incidents.cease({ ...silent, at: new Date() });
    expect(await stateOf('streams')).toBe('unknown');
    expect((await status()).items.some(({ id }) => id === 'disks')).toBe(false);
  });

  it('takes limits of a group and of a stream, each on record, and gives them back', async () => {
    await send('PUT', '/v1/silence-limits', { logGroup: 'web', kind: 'minutes', minutes: 60, reason: 'hourly' });
    const retired = { logGroup: 'web', logStream: 'old', kind: 'retired', reason: 'taken down' };
    expect((await send('PUT', '/v1/silence-limits', retired)).status).toBe(204);
    expect((await status()).limits).toMatchObject([
      { logGroup: 'web', logStream: null, kind: 'minutes', minutes: 60, setBy: 'tenant-admin' },
      { logGroup: 'web', logStream: 'old', kind: 'retired', minutes: null, reason: 'taken down' },
    ]);
    const tooSoon = { logGroup: 'web', kind: 'minutes', minutes: 1, reason: 'x' };
    expect((await send('PUT', '/v1/silence-limits', tooSoon)).status).toBe(400);
    expect((await send('DELETE', '/v1/silence-limits?logGroup=web')).status).toBe(204);
    expect((await send('DELETE', '/v1/silence-limits?logGroup=web')).status).toBe(404);
    const acts = test.intake.acts.filter(({ event }) => event.action.startsWith('silence-limit.'));
    expect(acts.map(({ event }) => `${event.action} ${event.outcome}`).toSorted()).toEqual([
      'silence-limit.remove failure',
      'silence-limit.remove success',
      'silence-limit.set failure',
      'silence-limit.set success',
      'silence-limit.set success',
    ]);
  });

  it('is for those who see incidents, and its limits for those who keep the sources', async () => {
    const may: Record<string, number[]> = {};
    for (const role of ['log-administrator', 'reviewer', 'viewer', 'auditor']) {
      const as = await (await addPerson(test, own, role)).signIn();
      const limit = { logGroup: 'web', kind: 'retired', reason: 'x' };
      const answers = [
        await send('GET', '/v1/watch-status', undefined, as),
        await send('PUT', '/v1/silence-limits', limit, as),
      ];
      may[role] = answers.map((answer) => answer.status);
    }
    expect(may).toEqual({
      'log-administrator': [200, 204],
      reviewer: [200, 403],
      viewer: [403, 403],
      auditor: [200, 403],
    });
  });
});
