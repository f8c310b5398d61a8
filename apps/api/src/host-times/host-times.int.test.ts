import { hostTimesAnswer, timeSettingsAnswer, type HostTimesAnswer } from '@akashi/contracts';
import { usualTimeLimits } from '@akashi/policy';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('clocks of hosts', () => {
  let test: TestApi;
  let own: ApiTenant;
  let administrator: TestPerson;
  let reader: TestPerson;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    [administrator, reader] = [await addPerson(test, own, 'log-administrator'), await addPerson(test, own, 'viewer')];
    await addGroup(own, [administrator], { logGroups: ['*'] });
    await addGroup(own, [reader], { logGroups: ['web'] });
    await own.seal('web', ['Nov 22 10:00:00 web01 chronyd[7]: Selected source 192.0.2.1 (ntp.example.jp)']);
    await own.seal('secret', [
      'Nov 22 10:01:00 web01 sudo: tanaka : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/date -s 12:00',
      'Nov 22 10:00:00 db01 chronyd[7]: Selected source 198.51.100.1 (elsewhere.example)',
    ]);
    await own.database.deciding.withCursor((transaction) => transaction.foldHostTimes(1_000));
  });
  afterAll(() => test.close());

  const read = async (person: TestPerson): Promise<HostTimesAnswer> => {
    const answer = await callApi(test, { method: 'GET', path: '/v1/time' }, { cookie: await person.signIn() });
    expect(answer.status, answer.text).toBe(200);
    return hostTimesAnswer.parse(answer.json);
  };

  it('are told with whom each is in sync, out of every stream', async () => {
    const { items, quiet } = await read(administrator);
    expect(items).toMatchObject([
      { host: 'db01', state: 'synchronized', server: '198.51.100.1', designated: null, logGroups: ['secret'] },
      { host: 'web01', state: 'stepped', stepCount: 1, steps: [{ by: 'person', account: 'tanaka' }] },
    ]);
    expect(quiet).toMatchObject([{ host: 'host-a', logGroups: ['secret', 'web'] }]);
  });

  it('are told only by the lines that the caller may read', async () => {
    const { items, quiet } = await read(reader);
    expect(items).toMatchObject([
      { host: 'web01', state: 'synchronized', server: '192.0.2.1', stepCount: 0, steps: [] },
    ]);
    expect(quiet).toMatchObject([{ host: 'host-a', logGroups: ['web'] }]);
  });

  it('are judged by designated servers and limits, which a change on record sets', async () => {
    const put = async (person: TestPerson, body: object) =>
      callApi(test, { method: 'PUT', path: '/v1/time/settings', body }, { cookie: await person.signIn() });
    const limits = { ...usualTimeLimits, offsetMs: 100 };
    const wanted = {
      servers: [{ address: '192.0.2.0/24', note: 'Our own' }],
      groups: [{ name: 'Databases', hosts: ['db*'], limits }],
    };
    expect((await put(reader, wanted)).status).toBe(403);
    expect((await put(administrator, { ...wanted, servers: [{ address: 'a b', note: '' }] })).status).toBe(400);
    const answer = await put(administrator, wanted);
    expect(answer.status, answer.text).toBe(200);
    expect(timeSettingsAnswer.parse(answer.json)).toMatchObject({ ...wanted, changedBy: 'log-administrator' });
    const { items } = await read(administrator);
    expect(items).toMatchObject([
      { host: 'db01', designated: false, problems: ['peer-undesignated'], group: 'Databases' },
      { host: 'web01', group: null },
    ]);
    const act = test.intake.acts.findLast(({ event }) => event.action === 'time-settings.change');
    expect(act?.event.outcome).toBe('success');
    expect(act?.akashi.audit.changes).toContain('192.0.2.0/24');
  });
});
