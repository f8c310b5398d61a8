import { report, reportDefinitionInput, reportsAnswer, type ReportAnswer } from '@akashi/contracts';
import { standardReports, timeReport } from '@akashi/report';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';
import { definitionContent } from './show-report.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('definitions of reports', () => {
  let test: TestApi;
  let own: ApiTenant;
  let cookie: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    cookie = await (await addPerson(test, own, 'log-administrator')).signIn();
  });
  afterAll(() => test.close());

  const send = (method: string, path: string, body?: unknown, as = cookie): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: as });
  const list = async (as = cookie) => reportsAnswer.parse((await send('GET', '/v1/reports', undefined, as)).json).items;
  const contentOf = (id: string) => {
    const found = standardReports.find((each) => each.id === id);
    if (found === undefined) throw new Error('no such report');
    return definitionContent(found);
  };
  const find = async (id: string): Promise<ReportAnswer | undefined> => (await list()).find((each) => each.id === id);
  const acts = (action: string) => test.intake.acts.filter(({ event }) => event.action === action);

  it('are the eleven of the standard to begin with, each of which can be taken as it is given', async () => {
    const all = await list();
    const items = all.filter(({ number }) => number !== null);
    expect(items.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(all.filter((each) => !items.includes(each)).map(({ id }) => id)).toEqual([timeReport.id]);
    for (const item of items) {
      expect(item).toMatchObject({ isOwn: false, isChanged: false, newestRun: null });
      const content = contentOf(item.id);
      expect(item).toMatchObject(content);
      expect(reportDefinitionInput.parse(content), item.id).toEqual(content);
    }
  });

  it('are changed as a copy with versions of its own, and are the standard ones again by a word', async () => {
    const [standard] = standardReports.filter(({ id }) => id === 'failed-sign-ins');
    const content = { ...contentOf('failed-sign-ins'), query: 'NOT user.name:probe' };
    const version = (standard?.version ?? 0) + 1;
    const changed = report.parse((await send('PUT', '/v1/reports/failed-sign-ins', content)).json);
    expect(changed).toMatchObject({
      number: 3,
      version,
      isChanged: true,
      isOwn: false,
      changedBy: 'log-administrator',
    });
    expect((await send('PUT', '/v1/reports/failed-sign-ins', content)).json).toMatchObject({ version: version + 1 });
    expect(await find('failed-sign-ins')).toMatchObject({ query: 'NOT user.name:probe', version: version + 1 });
    expect((await send('DELETE', '/v1/reports/failed-sign-ins')).status).toBe(204);
    expect(await find('failed-sign-ins')).toMatchObject({ ...standard, isChanged: false });
    expect((await send('DELETE', '/v1/reports/failed-sign-ins')).json).toMatchObject({ code: 'conflict' });
    const kept = await own.database.reportDefinitions.versions('failed-sign-ins');
    expect(kept.map((each) => [each.version, each.definition === null])).toEqual([
      [version + 2, true],
      [version + 1, false],
      [version, false],
    ]);
    expect(acts('report.change')).toHaveLength(2);
    expect(acts('report.restore').map(({ event }) => event.outcome)).toEqual(['success']);
  });

  it('have the clocks of hosts beside them, which are made by no condition and cannot be changed', async () => {
    expect(await find(timeReport.id)).toMatchObject({ isOwn: false, isChanged: false, duty: 'reference' });
    const content = contentOf('log-clearing');
    expect((await send('PUT', `/v1/reports/${timeReport.id}`, content)).json).toMatchObject({ code: 'conflict' });
    expect((await send('DELETE', `/v1/reports/${timeReport.id}`)).json).toMatchObject({ code: 'conflict' });
  });

  it('are made by the organisation, and keep their name after they ended', async () => {
    const content = { ...contentOf('log-clearing'), title: { ja: '給与', en: 'Pay roll' }, duty: 'reference' };
    const create = () => send('POST', '/v1/reports', { ...content, basedOn: 'log-clearing' });
    const made = await create();
    expect([made.status, made.json]).toMatchObject([201, { id: 'pay-roll', number: null, version: 1, isOwn: true }]);
    expect((await send('PUT', '/v1/reports/pay-roll', { ...content, query: 'a' })).json).toMatchObject({ version: 2 });
    expect((await send('DELETE', '/v1/reports/pay-roll')).status).toBe(204);
    expect(await find('pay-roll')).toBeUndefined();
    for (const method of ['PUT', 'DELETE'])
      expect((await send(method, '/v1/reports/pay-roll', method === 'PUT' ? content : undefined)).status).toBe(404);
    expect((await create()).json).toMatchObject({ id: 'pay-roll-2' });
    expect((await send('POST', '/v1/reports', { ...content, basedOn: 'nothing' })).status).toBe(400);
    expect(acts('report.create')).not.toHaveLength(0);
    expect(acts('report.end').map(({ event }) => event.outcome)).toContain('success');
  });

  it('are refused where a condition cannot be read, with its place, or where less would be reviewed', async () => {
    const put = async (change: object) =>
      (await send('PUT', '/v1/reports/log-clearing', { ...contentOf('log-clearing'), ...change })).json;
    expect(await put({ query: 'a AND' })).toMatchObject({
      code: 'query-unreadable',
      reason: 'operand-missing',
      params: { field: 'query' },
      detail: expect.stringContaining('AND'),
    });
    expect(await put({ listed: 'a:[1' })).toMatchObject({ code: 'query-unreadable', params: { field: 'listed' } });
    expect(await put({ flags: [{ kind: 'any', where: '(' }] })).toMatchObject({ params: { field: 'flags.0.where' } });
    expect(await put({ query: 'person:sato' })).toMatchObject({
      code: 'query-unreadable',
      reason: 'people-not-possible',
    });
    expect(await put({ duty: 'reference' })).toMatchObject({
      code: 'setting-too-weak',
      params: { setting: 'duty', requirement: '10.4.1' },
    });
    expect(await put({ title: { ja: 'a\u0000', en: '\uD800' } })).toMatchObject({ code: 'request-invalid' });
    expect(await put({ script: 'x' })).toMatchObject({ code: 'request-invalid' });
    expect(await put({ query: 'user.name:4111111111111111' })).toMatchObject({ code: 'card-data-refused' });
    expect(await find('log-clearing')).toMatchObject({ isChanged: false });
  });

  it('are seen by who reads reports, and changed by who keeps them, of their own organisation alone', async () => {
    const other = await test.createTenant();
    const stranger = await (await addPerson(test, other, 'tenant-admin')).signIn();
    await send('POST', '/v1/reports', { ...contentOf('log-clearing'), title: { ja: '一', en: 'Only here' } });
    expect((await list(stranger)).map(({ isOwn }) => isOwn)).not.toContain(true);
    expect((await send('DELETE', '/v1/reports/only-here', undefined, stranger)).status).toBe(404);
    for (const role of ['viewer', 'reviewer', 'approver', 'auditor']) {
      const as = await (await addPerson(test, own, role)).signIn();
      expect((await send('GET', '/v1/reports', undefined, as)).status, role).toBe(200);
      expect((await send('DELETE', '/v1/reports/only-here', undefined, as)).json, role).toMatchObject({
        code: 'forbidden',
      });
    }
  });
});
