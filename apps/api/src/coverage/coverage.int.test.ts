import { coverageAnswer, type CoverageAnswer } from '@akashi/contracts';
import { eventClasses } from '@akashi/log-event';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const dayMs = 86_400_000;

/** The day of a moment in the tests' zone, nine hours ahead of UTC. */
const dayOf = (ms: number): string => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10);

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('coverage', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;
  let administrator: TestPerson;
  let reader: TestPerson;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    [own, other] = [await test.createTenant(), await test.createTenant()];
    [administrator, reader] = [await addPerson(test, own, 'log-administrator'), await addPerson(test, own, 'viewer')];
    await addGroup(own, [administrator], { logGroups: ['*'] });
    await addGroup(own, [reader], { logGroups: ['web'] });
    await own.seal('db', [
      'Nov 22 10:00:00 db01 sshd[9]: Failed password for root from 192.0.2.4 port 5000 ssh2',
      'Nov 22 10:00:00 db01 sshd[9]: Invalid user a from 192.0.2.4 port 5000',
      'Nov 22 10:00:00 db01 passwd: pam_unix(passwd:chauthtok): password changed for tanaka',
      'Nov 22 10:00:00 db01 app: nothing of the kind',
    ]);
    await own.seal('web', ['192.0.2.4 - - [22/Nov/2026:10:00:00 +0900] "GET /admin HTTP/1.1" 403 381']);
    await other.seal('db', ['Nov 22 10:00:00 x chronyd[7]: System clock was stepped by -1.5 seconds']);
  });
  afterAll(() => test.close());

  const read = async (person: TestPerson, day: string): Promise<CoverageAnswer> => {
    const path = `/v1/coverage?day=${day}`;
    const answer = await callApi(test, { method: 'GET', path }, { cookie: await person.signIn() });
    expect(answer.status, answer.text).toBe(200);
    return coverageAnswer.parse(answer.json);
  };
  const cellOf = ({ items }: CoverageAnswer, name: string) =>
    items.find(({ id }) => id === 'source-a')?.cells.find((cell) => cell.class === name);

  it('counts the classes of each source on the day, with the score of the six fields', async () => {
    const coverage = await read(administrator, dayOf(Date.now()));
    expect(coverage.classes.map(({ name }) => name)).toEqual(eventClasses);
    expect(coverage.classes.find(({ name }) => name === 'access-denied')).toMatchObject({
      word: { ja: 'アクセス拒否' },
      requirement: { '4.0.1': '10.2.1.4', '3.0': '10.2.4' },
    });
    expect(coverage.items.find(({ id }) => id === 'source-a')?.logGroups).toEqual(
      expect.arrayContaining(['db', 'web']),
    );
    expect(cellOf(coverage, 'access-denied')).toMatchObject({ state: 'today', count: 3, missing: { user: 1 } });
    expect(cellOf(coverage, 'access-denied')?.completeness).toBeCloseTo(1 - 1 / 18);
    expect(cellOf(coverage, 'credential-change')).toMatchObject({ state: 'today', count: 1, missing: { user: 1 } });
    expect(cellOf(coverage, 'time-change')).toMatchObject({ state: 'never', count: 0, lastSeenAt: null });
  });

  it('tells what was seen only before from what was never seen', async () => {
    const tomorrow = await read(administrator, dayOf(Date.now() + dayMs));
    expect(cellOf(tomorrow, 'access-denied')).toMatchObject({ state: 'before', count: 0, completeness: null });
    expect(cellOf(tomorrow, 'access-denied')?.lastSeenAt).not.toBeNull();
    const yesterday = await read(administrator, dayOf(Date.now() - dayMs));
    expect(cellOf(yesterday, 'access-denied')).toMatchObject({ state: 'never' });
  });

  it('counts only what the caller may read', async () => {
    const coverage = await read(reader, dayOf(Date.now()));
    expect(cellOf(coverage, 'access-denied')).toMatchObject({ count: 1 });
    expect(cellOf(coverage, 'credential-change')).toMatchObject({ state: 'never' });
    expect(coverage.items.flatMap(({ logGroups }) => logGroups)).not.toContain('db');
  });

  it('takes a reason why a class is not expected, on record, and takes it back', async () => {
    const cookie = await administrator.signIn();
    const path = '/v1/coverage/source-a/time-change';
    const put = (body: object) => callApi(test, { method: 'PUT', path, body }, { cookie });
    expect((await put({ reason: ' ' })).status).toBe(400);
    expect((await put({ reason: 'Clocks are set by the hypervisor' })).status).toBe(204);
    const day = dayOf(Date.now());
    expect(cellOf(await read(administrator, day), 'time-change')).toMatchObject({
      state: 'not-expected',
      notExpected: { reason: 'Clocks are set by the hypervisor', setBy: 'log-administrator' },
    });
    expect(await other.database.coverageExceptions.list()).toEqual([]);
    expect((await put({ reason: 'Card 4111 1111 1111 1111' })).status).toBe(204);
    const kept = cellOf(await read(administrator, day), 'time-change')?.notExpected?.reason;
    expect(kept).not.toContain('4111 1111 1111 1111');
    const acts = test.intake.acts.filter(({ event }) => event.action === 'coverage.not-expected');
    expect(acts.at(-1)?.akashi.audit).toMatchObject({ target: { kind: 'source', id: 'source-a' } });
    expect(acts.at(-1)?.akashi.audit.changes).toContain('hypervisor');
    expect((await callApi(test, { method: 'DELETE', path }, { cookie })).status).toBe(204);
    expect((await callApi(test, { method: 'DELETE', path }, { cookie })).status).toBe(204);
    expect(cellOf(await read(administrator, day), 'time-change')).toMatchObject({ state: 'never', notExpected: null });
  });

  it('knows no other sources and classes, and lets nobody set them who only reads', async () => {
    const body = { reason: 'x' };
    const cookie = await administrator.signIn();
    for (const path of ['/v1/coverage/nobody/time-change', '/v1/coverage/source-a/nothing'])
      expect((await callApi(test, { method: 'PUT', path, body }, { cookie })).status).toBe(404);
    const path = '/v1/coverage/source-a/time-change';
    const answer = await callApi(test, { method: 'PUT', path, body }, { cookie: await reader.signIn() });
    expect(answer.status).toBe(403);
  });
});
