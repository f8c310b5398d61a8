import { alert, alertsAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';
import { plantAlert, plantRule } from './alert.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const line = (user: string) => JSON.stringify({ user: { name: user }, message: `failed for ${user}` });

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('alerts', () => {
  let test: TestApi;
  let own: ApiTenant;
  let ruleId: string;
  let events: readonly string[];
  const ids: Record<string, string> = {};
  let logStream: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    ruleId = await plantRule(own);
    events = (await own.seal('db', [line('alice'), line('bob')])).eventIds;
    const [first] = events;
    const found = await own.database.archivedRecords.logGroups();
    expect([first === undefined, found]).toEqual([false, ['db']]);
    logStream = 'host-a';
    const plant = (name: string, planted: Parameters<typeof plantAlert>[2]) =>
      plantAlert(test, { tenant: own, ruleId }, planted).then((id) => (ids[name] = id));
    const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 3, minute));
    const db = [{ logGroup: 'db', logStream }];
    const web = { logGroup: 'web', logStream };
    await plant('alice', { places: db, eventIds: events.slice(0, 1), at: at(0), severity: 'high' });
    await plant('both', { places: db, eventIds: events, at: at(1) });
    await plant('many', { places: db, eventIds: events.slice(0, 1), count: 40, at: at(2) });
    await plant('two places', { places: [...db, web], at: at(3) });
    await plant('everywhere', { places: db, hasAllPlaces: false, at: at(4) });
    await plant('from nowhere', { places: [], at: at(5) });
  }, 120_000);
  afterAll(() => test.close());

  const as = async (grant: Parameters<typeof addGroup>[2] | null, role = 'reviewer') => {
    const person = await addPerson(test, own, role);
    if (grant !== null) await addGroup(own, [person], grant);
    const cookie = await person.signIn();
    return (path: string): Promise<TestAnswer> => callApi(test, { method: 'GET', path }, { cookie });
  };
  const namesOf = (answer: TestAnswer): string[] =>
    alertsAnswer.parse(answer.json).items.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? id);

  it.each([
    ['nothing', null, 'reviewer', []],
    ['another log group', { logGroups: ['web'] }, 'reviewer', []],
    ['one log group', { logGroups: ['db'] }, 'reviewer', ['many', 'both', 'alice']],
    ['both log groups', { logGroups: ['db', 'web'] }, 'reviewer', ['two places', 'many', 'both', 'alice']],
    ['some rows', { logGroups: ['db'], rowFilter: 'user.name:alice' }, 'reviewer', ['alice']],
    ['all rows but a field', { logGroups: ['db'], hiddenFields: ['host.name'] }, 'reviewer', []],
    [
      'everything',
      { logGroups: ['*'] },
      'tenant-admin',
      ['from nowhere', 'everywhere', 'two places', 'many', 'both', 'alice'],
    ],
  ] as const)('are shown where every event is in the scope of the reader: %s', async (_, grant, role, shown) => {
    const scope = grant === null ? null : { ...grant, logGroups: [...grant.logGroups] };
    const ask = await as(scope as Parameters<typeof addGroup>[2] | null, role);
    expect(namesOf(await ask('/v1/alerts'))).toEqual(shown);
    for (const [name, id] of Object.entries(ids)) {
      expect((await ask(`/v1/alerts/${id}`)).status, name).toBe(
        (shown as readonly string[]).includes(name) ? 200 : 404,
      );
    }
  });

  it('are listed by day, severity and state, page by page, and say what parts them', async () => {
    const ask = await as({ logGroups: ['db'] });
    expect(namesOf(await ask('/v1/alerts?day=2026-11-20'))).toEqual(['many', 'both', 'alice']);
    expect(namesOf(await ask('/v1/alerts?day=2026-11-21'))).toEqual([]);
    expect(namesOf(await ask('/v1/alerts?severity=high'))).toEqual(['alice']);
    expect(namesOf(await ask('/v1/alerts?state=none'))).toEqual(['many', 'both', 'alice']);
    expect(namesOf(await ask('/v1/alerts?state=open'))).toEqual([]);
    const first = alertsAnswer.parse((await ask('/v1/alerts?limit=2')).json);
    expect(first.items).toHaveLength(2);
    expect(namesOf(await ask(`/v1/alerts?limit=2&cursor=${first.next}`))).toEqual(['alice']);
    expect((await ask('/v1/alerts?cursor=nonsense')).json).toMatchObject({ code: 'cursor-invalid' });
    expect(alert.parse((await ask(`/v1/alerts/${ids['alice']}`)).json)).toMatchObject({
      rule: { id: ruleId, kind: 'match', version: 1 },
      severity: 'high',
      key: [{ field: 'user.name', value: 'root' }],
      count: 1,
      events: [{ id: events[0], logGroup: 'db' }],
      incident: null,
    });
    const looks = test.intake.acts.filter(({ event }) => event.action === 'alert.view');
    expect(looks.length).toBeGreaterThan(0);
  });

  it('are nobody else’s', async () => {
    const other = await test.createTenant();
    const stranger = await addPerson(test, other, 'tenant-admin');
    await addGroup(other, [stranger], { logGroups: ['*'] });
    const cookie = await stranger.signIn();
    const ask = (path: string) => callApi(test, { method: 'GET', path }, { cookie });
    expect((await ask('/v1/alerts')).json).toMatchObject({ items: [] });
    expect((await ask(`/v1/alerts/${ids['alice']}`)).status).toBe(404);
  });
});
