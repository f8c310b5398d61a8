import { randomUUID } from 'node:crypto';
import { area, areasAnswer, reviewSettings, type AreaAnswer, type ReviewSettings } from '@akashi/contracts';
import { usualHours, usualTags } from '@akashi/report';
import { findDatabaseServer, findSearchServer, hashKey } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const input = (values: object = {}) => ({
  name: `area ${randomUUID()}`,
  category: 'card-data-systems',
  logGroups: ['db/*'],
  reviewers: [],
  approvers: [],
  ...values,
});

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('areas', () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let cookie: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    cookie = await admin.signIn();
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, body?: unknown, as = cookie): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: as });
  const list = async (as = cookie) => areasAnswer.parse((await send('GET', '/v1/areas', undefined, as)).json);
  const make = async (values: object = {}): Promise<AreaAnswer> => {
    const answer = await send('POST', '/v1/areas', input(values));
    expect(answer.status, answer.text).toBe(201);
    return area.parse(answer.json);
  };
  const acts = (action: string) => test.intake.acts.filter(({ event }) => event.action === action);

  it('begin with everything, in which nothing is missing', async () => {
    const answer = await list();
    expect(answer.items).toMatchObject([
      { id: own.tenant.id, category: 'security-events', logGroups: ['*'], frequency: 'day', isEnded: false },
    ]);
    expect(answer.gaps).toEqual([]);
  });

  it('are made, changed and ended, each on record with what it was before', async () => {
    const made = await make({ name: 'DB', logGroups: ['db/*', 'db/*'], hosts: ['db01'], approvers: [] });
    expect(made).toMatchObject({ name: 'DB', logGroups: ['db/*'], logStreams: [], hosts: ['db01'], isEnded: false });
    const reviewer = await addPerson(test, own, 'reviewer');
    const other = { category: 'other', frequency: 'week', riskAnalysis: 'RA-12', riskReviewedOn: '2024-02-29' };
    const wanted = input({ name: 'DB', ...other, reviewers: [reviewer.userId], hours: usualHours });
    const changed = area.parse((await send('PUT', `/v1/areas/${made.id}`, wanted)).json);
    expect(changed).toMatchObject({
      ...other,
      riskDueOn: '2025-02-28',
      reviewers: [reviewer.userId],
      hours: usualHours,
    });
    expect(area.parse((await send('POST', `/v1/areas/${made.id}/end`)).json)).toMatchObject({ isEnded: true });
    for (const path of [`/v1/areas/${made.id}/end`, `/v1/areas/${randomUUID()}/end`])
      expect((await send('POST', path)).status).toBe(404);
    expect((await send('PUT', `/v1/areas/${made.id}`, input({}))).status).toBe(404);
    const [change, refused] = acts('area.change');
    expect([change?.event.outcome, refused?.event.outcome]).toEqual(['success', 'failure']);
    expect(JSON.stringify(change)).toContain('frequency');
    expect(acts('area.create').map(({ event }) => event.outcome)).toContain('success');
    expect(acts('area.end').map(({ event }) => event.outcome)).toEqual(['success', 'failure', 'failure']);
  });

  it('are refused where they break a rule of the standard or name people who could not review', async () => {
    const viewer = await addPerson(test, own, 'viewer');
    const reviewer = await addPerson(test, own, 'reviewer');
    await make({ name: 'taken' });
    const rare = { category: 'other', frequency: 'month' };
    const refusals: [object, object][] = [
      [
        { frequency: 'week' },
        { status: 400, code: 'setting-too-weak', params: { setting: 'frequency', requirement: '10.4.1' } },
      ],
      [rare, { status: 400, code: 'request-invalid', detail: expect.stringContaining('riskAnalysis') }],
      [
        { ...rare, riskAnalysis: 'RA' },
        { status: 400, detail: expect.stringContaining('riskReviewedOn') },
      ],
      [{ ...rare, riskAnalysis: 'RA', riskReviewedOn: '2999-01-01' }, { status: 400 }],
      [
        { reviewers: [reviewer.userId, viewer.userId] },
        { status: 400, detail: expect.stringContaining('reviewers.1') },
      ],
      [{ approvers: [reviewer.userId] }, { status: 400, detail: expect.stringContaining('approvers.0') }],
      [{ reviewers: [randomUUID()] }, { status: 400 }],
      [{ logGroups: [] }, { status: 400 }],
      [{ ...rare, riskAnalysis: 'RA', riskReviewedOn: '2026-99-99' }, { status: 400 }],
      [{ name: 'a\u0000b' }, { status: 400, code: 'request-invalid' }],
      [{ name: 'taken' }, { status: 409, code: 'name-taken' }],
    ];
    for (const [values, refusal] of refusals) {
      const answer = await send('POST', '/v1/areas', input(values));
      expect({ ...answer.json, status: answer.status }, JSON.stringify(values)).toMatchObject(refusal);
    }
  });

  it('show to readers those that they see as a whole, and to who keeps them all', async () => {
    const tenant = await test.createTenant();
    const { database } = tenant;
    const db = { ...(await database.areas.list())[0], name: 'DB', logGroups: ['db'] } as never;
    const dbId = await database.areas.create(db, new Date(), () => Promise.resolve());
    const viewer = await addPerson(test, tenant, 'viewer');
    const hidden = await addPerson(test, tenant, 'viewer');
    const boss = await addPerson(test, tenant, 'tenant-admin');
    await addGroup(tenant, [viewer], { logGroups: ['db'] });
    await addGroup(tenant, [hidden], { logGroups: ['db'], hiddenFields: ['user.name'] });
    const ids = async (as: string) => (await list(as)).items.map(({ id }) => id);
    expect(await ids(await viewer.signIn())).toEqual([dbId]);
    expect(await ids(await hidden.signIn())).toEqual([]);
    expect(await ids(await boss.signIn())).toEqual([tenant.tenant.id, dbId]);
    const key = `aka_${randomUUID()}`;
    const values = { kind: 'api', name: 'web', sha256: hashKey(key), logGroups: ['web', 'db'] } as const;
    await database.accessKeys.put({ ...values, logGroups: [...values.logGroups], responsibleId: viewer.userId });
    const seen = areasAnswer.parse((await callApi(test, { method: 'GET', path: '/v1/areas' }, { key })).json);
    expect([seen.items.map(({ id }) => id), seen.gaps]).toEqual([[dbId], []]);
    expect((await send('POST', '/v1/areas', input({}), await viewer.signIn())).status).toBe(403);
  });

  it('tell what is in none: log groups with lines that none holds, and assets that none names or hears', async () => {
    const tenant = await test.createTenant();
    const boss = await (await addPerson(test, tenant, 'tenant-admin')).signIn();
    await tenant.seal('db/main', ['{"host":{"name":"DB01"},"message":"a"}', '{"host":{"name":"db02"},"message":"b"}']);
    await tenant.seal('web/front', ['{"host":{"name":"web01"},"message":"c"}']);
    await tenant.seal('akashi/audit', ['{"message":"own"}']);
    // The streams bear this name, whatever host their lines tell.
    await plantAssets(tenant, ['db01', 'db02', 'web01', 'quiet01', 'named01', 'HOST-A']);
    await send('POST', `/v1/areas/${tenant.tenant.id}/end`, undefined, boss);
    const gaps = async () => (await list(boss)).gaps.map(({ kind, name, events }) => [kind, name, events]);
    const all = [
      ['log-group', 'db/main', 2],
      ['log-group', 'web/front', 1],
      ...['HOST-A', 'db01', 'db02', 'named01', 'quiet01', 'web01'].map((name) => ['asset', name, undefined]),
    ];
    expect(await gaps()).toEqual(all);
    await send('POST', '/v1/areas', input({ hosts: ['DB01', 'named*'] }), boss);
    expect(await gaps()).toEqual([
      ['log-group', 'db/main', 1],
      ['log-group', 'web/front', 1],
      ...['db02', 'quiet01', 'web01'].map((name) => ['asset', name, undefined]),
    ]);
    await send('POST', '/v1/areas', input({}), boss);
    expect(await gaps()).toEqual([
      ['log-group', 'web/front', 1],
      ...['quiet01', 'web01'].map((name) => ['asset', name, undefined]),
    ]);
    await send('POST', '/v1/areas', input({ logGroups: ['*'] }), boss);
    expect(await gaps()).toEqual([]);
  });

  it('are reviewed by settings that begin with the defaults and change on record', async () => {
    const get = async () => reviewSettings.parse((await send('GET', '/v1/review-settings')).json);
    const untouched: ReviewSettings = {
      dueMinute: 720,
      isSelfApprovalAllowed: false,
      mustBeDeviceBound: false,
      hours: { ...usualHours, days: [...usualHours.days] },
      ...usualTags,
    };
    expect(await get()).toEqual(untouched);
    const wanted = { ...untouched, dueMinute: 600, watchedObjects: 'file.path:/etc/*' };
    expect((await send('PUT', '/v1/review-settings', wanted)).json).toEqual(wanted);
    expect(await get()).toEqual(wanted);
    const broken = await send('PUT', '/v1/review-settings', { ...wanted, cardData: 'database.object:(a' });
    expect([broken.status, broken.json]).toMatchObject([
      400,
      { code: 'query-unreadable', reason: 'unclosed-group', params: { field: 'cardData' } },
    ]);
    const people = await send('PUT', '/v1/review-settings', { ...wanted, watchedObjects: 'person:sato' });
    expect(people.json).toMatchObject({ code: 'query-unreadable', reason: 'people-not-possible' });
    const card = await send('PUT', '/v1/review-settings', { ...wanted, cardData: 'x:4111111111111111' });
    expect(card.json).toMatchObject({ code: 'card-data-refused' });
    const early = await admin.signIn({ steppedUp: false });
    expect((await send('PUT', '/v1/review-settings', wanted, early)).json).toMatchObject({ code: 'step-up-required' });
    const reviewer = await (await addPerson(test, own, 'reviewer')).signIn();
    expect((await send('GET', '/v1/review-settings', undefined, reviewer)).status).toBe(200);
    expect((await send('PUT', '/v1/review-settings', wanted, reviewer)).json).toMatchObject({ code: 'forbidden' });
    expect(acts('review-settings.change').map(({ event }) => event.outcome)).toContain('success');
  });
});

async function plantAssets({ database }: ApiTenant, hosts: readonly string[]): Promise<void> {
  const row = { master: 'assets', validFromMs: null, validUntilMs: null };
  const added = [...hosts, 'outside01'].map((host) => ({
    ...row,
    id: randomUUID(),
    values: { host, inScope: String(host !== 'outside01') },
  }));
  await database.masters.change(
    'assets',
    { kind: 'import', details: {}, by: 'test', at: new Date() },
    {
      plan: () => Promise.resolve({ added, changed: [], ended: [], withdrawn: [], unchanged: 0 }),
      before: () => Promise.resolve(),
    },
  );
}
