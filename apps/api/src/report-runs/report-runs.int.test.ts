import { createHash, randomUUID } from 'node:crypto';
import { reportRowsAnswer, reportRun, reportRunsAnswer, reportsAnswer, type ReportRunAnswer } from '@akashi/contracts';
import type { Area, AreaValues } from '@akashi/database';
import type { ReportRow } from '@akashi/report';
import { findDatabaseServer, findSearchServer, hashKey } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';
import { freezeRun, reportRow } from './frozen-run.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const values: AreaValues = {
  name: 'DB',
  category: 'card-data-systems',
  logGroups: ['db'],
  logStreams: [],
  sources: [],
  hosts: [],
  frequency: 'day',
  riskAnalysis: null,
  riskReviewedOn: null,
  reviewers: [],
  approvers: [],
  hours: null,
};

const rows: ReportRow[] = Array.from({ length: 2_500 }, (_, at) =>
  reportRow({
    user: `user${at}`,
    flags:
      at % 1_000 === 999
        ? [{ kind: 'failures-in-a-row', details: { count: 5 } }]
        : at === 1_500
          ? [{ kind: 'success-after-failures' }]
          : [],
  }),
);

type Credentials = { cookie?: string; key?: string };

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('runs of reports', () => {
  let test: TestApi;
  let own: ApiTenant;
  let db: Area;
  let web: Area;
  let viewer: TestPerson;
  let asViewer: Credentials;
  let asBoss: Credentials;
  let dbRun: string;
  let webRun: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    db = await addArea({ ...values });
    web = await addArea({ ...values, name: 'Web', logGroups: ['web'] });
    viewer = await addPerson(test, own, 'viewer');
    const boss = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [viewer], { logGroups: ['db'] });
    await addGroup(own, [viewer], { logGroups: ['web'], hiddenFields: ['user.name'] });
    await addGroup(own, [boss], { logGroups: ['*'] });
    asViewer = { cookie: await viewer.signIn() };
    asBoss = { cookie: await boss.signIn() };
    dbRun = await freezeRun(test, own, { area: db, rows });
    webRun = await freezeRun(test, own, { area: web, rows: [reportRow({ logGroup: 'web', user: 'secret' })] });
  });
  afterAll(() => test.close());

  async function addArea(wanted: AreaValues): Promise<Area> {
    const id = await own.database.areas.create(wanted, new Date(), () => Promise.resolve());
    const area = await own.database.areas.get(id);
    if (area === null) throw new Error('the area was made');
    return area;
  }

  const ask = (path: string, as: Credentials = asViewer): Promise<TestAnswer> =>
    callApi(test, { method: 'GET', path }, as);
  const post = (path: string, body?: unknown, as: Credentials = asBoss): Promise<TestAnswer> =>
    callApi(test, { method: 'POST', path, body }, as);
  const idsOf = async (as: Credentials, query = '') =>
    reportRunsAnswer.parse((await ask(`/v1/report-runs${query}`, as)).json).items.map(({ id }) => id);
  const placesOf = (id: string) => [
    `/v1/report-runs/${id}`,
    `/v1/report-runs/${id}/rows`,
    ...['ndjson', 'csv&language=ja', 'pdf'].map((format) => `/v1/report-runs/${id}/file?format=${format}`),
  ];
  const acts = (action: string) => test.intake.acts.filter(({ event }) => event.action === action);

  it('open to the viewer of the DB group for the DB area, and are not there for any other', async () => {
    expect(await idsOf(asViewer)).toEqual([dbRun]);
    for (const path of placesOf(dbRun)) expect((await ask(path)).status, path).toBe(200);
    const unknown = (await ask(`/v1/report-runs/${randomUUID()}`)).json;
    for (const path of placesOf(webRun)) {
      const { status, json, text } = await ask(path);
      expect([status, { ...json, requestId: '' }], path).toEqual([404, { ...unknown, requestId: '' }]);
      expect(text).not.toContain('secret');
    }
    expect(await idsOf(asBoss)).toEqual([webRun, dbRun]);
    for (const path of placesOf(webRun)) expect((await ask(path, asBoss)).status, path).toBe(200);
  });

  it('are told of in the list of reports to those alone who may open them', async () => {
    const newest = async (as: Credentials) =>
      reportsAnswer
        .parse((await ask('/v1/reports', as)).json)
        .items.flatMap(({ id, newestRun }) => (newestRun === null ? [] : [[id, newestRun.id, newestRun.flagged]]));
    expect(await newest(asViewer)).toEqual([['failed-sign-ins', dbRun, 3]]);
    expect(await newest(asBoss)).toEqual([['failed-sign-ins', webRun, 0]]);
  });

  it('open to a key as far as it reaches, and no further than the person who answers for it', async () => {
    const keyFor = async (logGroups: string[], responsibleId: string): Promise<Credentials> => {
      const key = `aka_${randomUUID()}`;
      const wanted = { kind: 'api', name: randomUUID(), sha256: hashKey(key), logGroups, responsibleId } as const;
      await own.database.accessKeys.put({ ...wanted, logGroups });
      return { key };
    };
    const seen = async (as: Credentials) => [
      await idsOf(as),
      (await ask(`/v1/report-runs/${dbRun}/rows?limit=1`, as)).status,
      (await ask(`/v1/report-runs/${webRun}/file?format=csv`, as)).status,
    ];
    expect(await seen(await keyFor(['db'], viewer.userId))).toEqual([[dbRun], 200, 404]);
    expect(await seen(await keyFor(['web', 'hr'], viewer.userId))).toEqual([[], 404, 404]);
    expect(await seen(await keyFor(['*'], viewer.userId))).toEqual([[dbRun], 200, 404]);
    const bossId = (await addPerson(test, own, 'tenant-admin')).userId;
    expect(await seen(await keyFor(['*'], bossId))).toEqual([[], 404, 404]);
  });

  it('are nobody else’s', async () => {
    const other = await test.createTenant();
    const stranger = await addPerson(test, other, 'tenant-admin');
    await addGroup(other, [stranger], { logGroups: ['*', 'akashi/*'] });
    const as = { cookie: await stranger.signIn() };
    expect(await idsOf(as)).toEqual([]);
    for (const path of placesOf(dbRun)) expect((await ask(path, as)).status, path).toBe(404);
    expect((await post(`/v1/report-runs/${dbRun}/cancel`, undefined, as)).status).toBe(404);
    const range = { from: '2026-11-28T00:00:00Z', to: '2026-11-29T00:00:00Z' };
    expect((await post('/v1/reports/failed-sign-ins/runs', { ...range, area: db.id }, as)).status).toBe(404);
  });

  it('give their rows in pages, whole or by flag, each once and in order', async () => {
    const read = async (query: string): Promise<(string | null)[]> => {
      const users: (string | null)[] = [];
      let next: string | undefined;
      do {
        const cursor = next === undefined ? '' : `&cursor=${next}`;
        const page = reportRowsAnswer.parse((await ask(`/v1/report-runs/${dbRun}/rows?${query}${cursor}`)).json);
        users.push(...page.items.map(({ user }) => user));
        next = page.next;
      } while (next !== undefined);
      return users;
    };
    const all = rows.map(({ user }) => user);
    expect(await read('limit=1000')).toEqual(all);
    expect(await read('limit=700')).toEqual(all);
    expect(await read('flagged=true&limit=2')).toEqual(['user999', 'user1500', 'user1999']);
    expect(await read('flag=success-after-failures')).toEqual(['user1500']);
    expect(await read('flag=success-after-failures&flagged=false')).toEqual([]);
    expect((await read('flagged=false&limit=1000')).length).toBe(2_497);
    const [first] = reportRowsAnswer.parse((await ask(`/v1/report-runs/${dbRun}/rows?limit=1`)).json).items;
    expect(first).toEqual(rows[0]);
    for (const cursor of ['x', 'MS4y.', Buffer.from('-1.2').toString('base64url')])
      expect((await ask(`/v1/report-runs/${dbRun}/rows?cursor=${cursor}`)).json).toMatchObject({
        code: 'cursor-invalid',
      });
  });

  it('give their files byte for byte, in both languages, with their digest and a name', async () => {
    const run = reportRun.parse((await ask(`/v1/report-runs/${dbRun}`)).json);
    expect(run).toMatchObject({ state: 'done', rows: 2_500, flagged: 3, area: { name: 'DB' }, number: 3, progress: 1 });
    expect(run.files.map(({ format, language }) => [format, language])).toEqual([
      ['ndjson', null],
      ['csv', 'ja'],
      ['pdf', 'ja'],
      ['csv', 'en'],
      ['pdf', 'en'],
    ]);
    const types = { ndjson: 'application/x-ndjson', csv: 'text/csv; charset=utf-8', pdf: 'application/pdf' };
    for (const { format, language, bytes, sha256 } of run.files) {
      const query = `format=${format}${language === null ? '' : `&language=${language}`}`;
      const answer = await fetch(`${test.api.url}/v1/report-runs/${dbRun}/file?${query}`, { headers: asViewer });
      const content = Buffer.from(await answer.arrayBuffer());
      const digest = createHash('sha256').update(content);
      const { headers } = answer;
      expect([content.length, headers.get('content-length'), headers.get('content-type')]).toEqual([
        bytes,
        String(bytes),
        types[format],
      ]);
      expect(digest.copy().digest('hex')).toBe(sha256);
      expect(headers.get('repr-digest')).toBe(`sha-256=:${digest.digest('base64')}:`);
      const suffix = language === null ? format : `${language}.${format}`;
      const disposition = headers.get('content-disposition') ?? '';
      expect(disposition).toContain(`filename="failed-sign-ins-2026-11-29-${dbRun.slice(0, 8)}.${suffix}"`);
      expect(decodeURIComponent(disposition.split("UTF-8''")[1] ?? '')).toMatch(/^\S.* 2026-11-29 DB\./);
      expect(headers.get('cache-control')).toBe('no-store');
    }
    const chosen = await ask(`/v1/report-runs/${dbRun}/file?format=csv`);
    expect(chosen.text).toBe('\uFEFFtable ja\r\n'.replace('\uFEFF', ''));
    expect(run.sha256?.csv).toBe(
      run.files.find(({ format, language }) => format === 'csv' && language === 'ja')?.sha256,
    );
  });

  it('say who opened what, and put every look on record before it is answered', async () => {
    const run = reportRun.parse((await ask(`/v1/report-runs/${dbRun}`)).json);
    expect(new Set(run.openedBy.map(({ what }) => what))).toEqual(new Set(['rows', 'ndjson', 'csv', 'pdf']));
    expect(run.openedBy.filter(({ name, what }) => name === 'viewer' && what === 'rows')).toHaveLength(1);
    for (const action of ['report-run.list', 'report-run.view', 'report-run.rows', 'report.download']) {
      const told = acts(action).map(({ event }) => event.outcome);
      expect(told, action).toContain('success');
    }
    const refused = acts('report.download').filter(({ event }) => event.outcome === 'failure');
    expect(JSON.stringify(refused)).toContain(webRun);
  });

  it('are named as altered when an object is gone or is another one', async () => {
    const id = await freezeRun(test, own, { area: db, rows: [reportRow()], day: null });
    const run = await own.database.reportRuns.get(id);
    const [ndjson, csv] = run?.files ?? [];
    const object = await test.archive.forTenant(own.tenant.id).get(csv?.object ?? '');
    await test.overwriteArchive(own.tenant.id, ndjson?.object ?? '', object ?? Buffer.alloc(0));
    for (const path of [`/v1/report-runs/${id}/rows`, `/v1/report-runs/${id}/file?format=ndjson`]) {
      expect((await ask(path)).json).toMatchObject({
        code: 'evidence-altered',
        reason: 'other-object',
        params: { object: ndjson?.object },
      });
    }
    expect((await ask(`/v1/report-runs/${id}/file?format=csv`)).status).toBe(200);
  });

  it('are made by hand of an area that the caller sees whole, and cancelled while they are not done', async () => {
    const range = { from: '2026-11-28T00:00:00Z', to: '2026-11-29T00:00:00Z' };
    const start = (body: object, as = asBoss, report = 'failed-sign-ins') =>
      post(`/v1/reports/${report}/runs`, body, as);
    const answer = await start({ ...range, area: db.id });
    expect(answer.status, answer.text).toBe(202);
    const run: ReportRunAnswer = reportRun.parse(answer.json);
    expect(run).toMatchObject({
      report: 'failed-sign-ins',
      area: { id: db.id },
      from: '2026-11-28T00:00:00.000Z',
      kind: 'by-hand',
      state: 'waiting',
      day: null,
      requestedBy: 'tenant-admin',
      summary: null,
      sha256: null,
    });
    expect((await ask(`/v1/report-runs/${run.id}/rows`, asBoss)).json).toMatchObject({ code: 'conflict' });
    expect(await own.database.reportRuns.get(run.id)).toMatchObject({ basis: { scope: [{ logGroups: ['db'] }] } });
    expect((await post(`/v1/report-runs/${run.id}/cancel`)).json).toMatchObject({ state: 'cancelled' });
    expect((await post(`/v1/report-runs/${run.id}/cancel`)).json).toMatchObject({
      code: 'conflict',
      reason: 'run-ended',
    });
    expect((await post(`/v1/report-runs/${dbRun}/cancel`)).json).toMatchObject({ reason: 'run-of-duty' });
    expect(acts('report-run.start').at(-1)?.event.outcome).toBe('success');
    expect(acts('report-run.cancel').map(({ event }) => event.outcome)).toEqual(
      expect.arrayContaining(['success', 'failure']),
    );

    const everything = reportRun.parse((await start({ ...range, to: '2999-01-01T00:00:00Z' })).json);
    expect(everything.area).toBeNull();
    expect(Date.parse(everything.to)).toBeLessThanOrEqual(Date.now());
    expect(await own.database.reportRuns.get(everything.id)).toMatchObject({
      basis: { scope: [{ logGroups: ['*'] }] },
    });
    expect((await ask(`/v1/report-runs/${everything.id}`)).status).toBe(404);

    const reviewer = await addPerson(test, own, 'reviewer');
    const asReviewer = { cookie: await reviewer.signIn() };
    expect((await start(range, asReviewer)).json).toMatchObject({ code: 'forbidden', reason: 'nothing-whole' });
    expect((await start({ ...range, area: db.id }, asReviewer)).json).toMatchObject({ code: 'not-found' });
    await addGroup(own, [reviewer], { logGroups: ['db'] });
    expect((await start({ ...range, area: db.id }, asReviewer)).status).toBe(202);
    expect((await start({ ...range, area: web.id }, asReviewer)).status).toBe(404);
    const part = reportRun.parse((await start(range, asReviewer)).json);
    expect(await own.database.reportRuns.get(part.id)).toMatchObject({ basis: { scope: [{ logGroups: ['db'] }] } });
    expect((await ask(`/v1/report-runs/${part.id}`)).status).toBe(200);

    const streams = await addPerson(test, own, 'reviewer');
    await addGroup(own, [streams], { logGroups: ['*'], logStreams: ['db*'] });
    await addGroup(own, [streams], { logGroups: ['web'], hiddenFields: ['user.name'] });
    const asStreams = { cookie: await streams.signIn() };
    const narrow = reportRun.parse((await start(range, asStreams)).json);
    const { basis } = (await own.database.reportRuns.get(narrow.id)) ?? {};
    expect(basis?.scope).toMatchObject([{ logGroups: ['*'], logStreams: ['db*'] }]);
    expect(basis?.scope).toHaveLength(1);
    expect((await ask(`/v1/report-runs/${narrow.id}`, asStreams)).status).toBe(200);
    expect((await ask(`/v1/report-runs/${narrow.id}`, asReviewer)).status).toBe(404);

    expect((await start(range, asViewer)).json).toMatchObject({ code: 'forbidden' });
    expect((await start(range, asBoss, 'nothing')).status).toBe(404);
    for (const wrong of [
      { from: range.to, to: range.from },
      { from: '2999-01-01T00:00:00Z', to: '2999-01-02T00:00:00Z' },
      { from: '2020-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' },
    ])
      expect((await start(wrong)).json, JSON.stringify(wrong)).toMatchObject({ code: 'time-range-invalid' });
  });

  it('on looks open to who reviews or reads the trail, and to no mere viewer', async () => {
    const id = await freezeRun(test, own, { report: 'log-access', area: db, rows: [reportRow()] });
    const addReader = async (role: string): Promise<Credentials> => {
      const person = await addPerson(test, own, role);
      await addGroup(own, [person], { logGroups: ['db'] });
      return { cookie: await person.signIn() };
    };
    const keeper = await addReader('log-administrator');
    const statuses: number[] = [];
    for (const as of [asViewer, keeper, await addReader('reviewer'), asBoss])
      statuses.push((await ask(`/v1/report-runs/${id}`, as)).status);
    expect(statuses).toEqual([404, 404, 200, 200]);
    const wanted = { from: '2026-11-28T00:00:00Z', to: '2026-11-29T00:00:00Z', area: db.id };
    expect((await post('/v1/reports/log-access/runs', wanted, keeper)).json).toMatchObject({
      code: 'forbidden',
      reason: 'beyond-own-access',
    });
    expect((await post('/v1/reports/failed-sign-ins/runs', wanted, keeper)).status).toBe(202);
  });

  it('are listed by day, report, area and kind, page by page, and tell of no more than the caller may see', async () => {
    const tenant = await test.createTenant();
    const area = (await tenant.database.areas.list())[0];
    if (area === undefined) throw new Error('there is one of everything');
    const narrow = { ...area, logGroups: ['db'] };
    const boss = await addPerson(test, tenant, 'tenant-admin');
    const reader = await addPerson(test, tenant, 'viewer');
    await addGroup(tenant, [boss], { logGroups: ['*'] });
    await addGroup(tenant, [reader], { logGroups: ['db'] });
    const made: string[] = [];
    for (const [minute, of] of [area, narrow, area, narrow, area].entries()) {
      const at = new Date(1_795_000_000_000 + minute * 60_000);
      const day = `2026-11-1${minute}`;
      made.push(await freezeRun(test, tenant, { area: of, rows: [], at, day }));
    }
    const newest = made.toReversed();
    const pages = async (person: TestPerson, limit: number): Promise<string[][]> => {
      const as = { cookie: await person.signIn() };
      const found: string[][] = [];
      let next: string | undefined;
      do {
        const cursor = next === undefined ? '' : `&cursor=${next}`;
        const page = reportRunsAnswer.parse((await ask(`/v1/report-runs?limit=${limit}${cursor}`, as)).json);
        found.push(page.items.map(({ id }) => id));
        next = page.next;
      } while (next !== undefined);
      return found;
    };
    expect(await pages(boss, 2)).toEqual([newest.slice(0, 2), newest.slice(2, 4), newest.slice(4)]);
    expect(await pages(reader, 1)).toEqual([[newest[1]], [newest[3]]]);
    expect(await pages(reader, 2)).toEqual([[newest[1], newest[3]]]);
    const as = { cookie: await boss.signIn() };
    expect(await idsOf(as, '?day=2026-11-12&kind=duty')).toEqual([made[2]]);
    expect(await idsOf(as, `?report=failed-sign-ins&area=${area.id}&limit=500`)).toEqual(newest);
    expect(await idsOf(as, '?report=log-clearing')).toEqual([]);
    expect((await ask('/v1/report-runs?day=2026-02-30', as)).json).toMatchObject({ code: 'request-invalid' });
    expect((await ask('/v1/report-runs?cursor=abc', as)).json).toMatchObject({ code: 'cursor-invalid' });
  });
});
