import { randomUUID } from 'node:crypto';
import {
  contextAnswer,
  eventDetail,
  facetsAnswer,
  histogramAnswer,
  restore,
  restoreEstimate,
  restoresAnswer,
  searchAnswer,
  type RestoreAnswer,
} from '@akashi/contracts';
import { findDatabaseServer, findSearchServer, hashKey } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type SealedLines, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer } from '../people.fixtures.ts';
import { standSet } from './standing-set.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const hourMs = 3_600_000;
/** Long settled: what was received just now may still be on its way into the ledger. */
const received = new Date(Date.now() - hourMs / 2);
const range = {
  from: new Date(Date.now() - hourMs).toISOString(),
  to: new Date(Date.now() + hourMs).toISOString(),
};

type Credentials = { cookie?: string; key?: string };

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('restores', () => {
  let test: TestApi;
  let own: ApiTenant;
  let db: SealedLines;
  let asBoss: Credentials;
  let asReviewer: Credentials;
  let asViewer: Credentials;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    db = await own.seal('db', ['alpha of db', 'bravo of db', 'charlie of db'], received);
    await own.seal('web', ['delta of web'], received);
    await own.seal('hr', ['echo of hr'], received);
    const boss = await addPerson(test, own, 'tenant-admin');
    const reviewer = await addPerson(test, own, 'reviewer');
    const viewer = await addPerson(test, own, 'viewer');
    await addGroup(own, [boss], { logGroups: ['*'] });
    await addGroup(own, [reviewer, viewer], { logGroups: ['db'] });
    await addGroup(own, [reviewer], { logGroups: ['web'], hiddenFields: ['user.name'] });
    [asBoss, asReviewer, asViewer] = (await Promise.all(
      [boss, reviewer, viewer].map(async (person) => ({ cookie: await person.signIn() })),
    )) as [Credentials, Credentials, Credentials];
  }, 120_000);
  afterAll(() => test.close());

  const get = (path: string, as: Credentials = asBoss): Promise<TestAnswer> =>
    callApi(test, { method: 'GET', path }, as);
  const post = (path: string, body?: unknown, as: Credentials = asBoss): Promise<TestAnswer> =>
    callApi(test, { method: 'POST', path, body }, as);
  const start = async (logGroups: string[], as: Credentials = asBoss): Promise<RestoreAnswer> => {
    const answer = await post('/v1/restores', { ...range, logGroups }, as);
    expect(answer.status, answer.text).toBe(202);
    return restore.parse(answer.json);
  };
  const acts = (action: string) => test.intake.acts.filter(({ event }) => event.action === action);
  const standing = async (): Promise<number> => restoresAnswer.parse((await get('/v1/restores')).json).standing;

  it('say first how many records there are and how long they take, without beginning anything', async () => {
    const answer = await post('/v1/restores', { ...range, logGroups: ['d*', 'nothing'], dryRun: true });
    expect(answer.status, answer.text).toBe(200);
    const estimate = restoreEstimate.parse(answer.json);
    expect(estimate).toMatchObject({ records: 3, logGroups: ['db'], blocks: 1, refusal: null });
    expect(estimate.bytes).toBeGreaterThan(0);
    expect(estimate.estimateSeconds).toBeGreaterThan(0);
    expect(await standing()).toBe(0);
    expect(acts('restore.estimate')).toHaveLength(1);
  });

  it('wait for a worker, are on record, and can be cancelled once', async () => {
    const asked = await start(['db'], asReviewer);
    expect(asked).toMatchObject({ state: 'waiting', records: 3, progress: 0, expiresAt: null, canManage: true });
    expect(JSON.stringify(acts('restore.start').at(-1))).toContain(asked.id);
    expect(await standing()).toBe(1);
    expect(restore.parse((await get(`/v1/restores/${asked.id}`, asViewer)).json).canManage).toBe(false);
    const place = `/v1/restores/${asked.id}`;
    expect((await post(`${place}/end`)).json).toMatchObject({ code: 'conflict' });
    const cancelled = await post(`${place}/cancel`, undefined, asReviewer);
    expect([cancelled.status, cancelled.json]).toMatchObject([200, { state: 'cancelled' }]);
    expect((await post(`${place}/cancel`)).json).toMatchObject({ code: 'conflict', reason: 'restore-over' });
    expect(await standing()).toBe(0);
  });

  it('are for those who may restore and see the log groups as a whole; nothing else is told', async () => {
    expect((await post('/v1/restores', { ...range, logGroups: ['db'] }, asViewer)).json).toMatchObject({
      code: 'forbidden',
    });
    const partly = await post('/v1/restores', { ...range, logGroups: ['web'] }, asReviewer);
    expect([partly.status, partly.json]).toMatchObject([403, { code: 'forbidden', reason: 'beyond-own-access' }]);
    const unseen = await post('/v1/restores', { ...range, logGroups: ['hr'] }, asReviewer);
    const unknown = await post('/v1/restores', { ...range, logGroups: ['nothing'] }, asReviewer);
    expect({ ...unseen.json, requestId: '' }).toEqual({ ...unknown.json, requestId: '' });
    expect(unseen.json).toMatchObject({ code: 'restore-empty' });
    const seen = await post('/v1/restores', { ...range, logGroups: ['*'], dryRun: true }, asReviewer);
    expect(seen.json).toMatchObject({ logGroups: ['db'], records: 3 });
    const asked = await start(['hr']);
    expect((await get(`/v1/restores/${asked.id}`, asReviewer)).status).toBe(404);
    expect((await post(`/v1/restores/${asked.id}/cancel`, undefined, asReviewer)).status).toBe(404);
    expect(restoresAnswer.parse((await get('/v1/restores', asReviewer)).json).items.map(({ id }) => id)).not.toContain(
      asked.id,
    );
    const other = await test.createTenant();
    const stranger = await addPerson(test, other, 'tenant-admin');
    await addGroup(other, [stranger], { logGroups: ['*'] });
    const as = { cookie: await stranger.signIn() };
    expect((await get(`/v1/restores/${asked.id}`, as)).status).toBe(404);
    await post(`/v1/restores/${asked.id}/cancel`);
  });

  it('are asked for by a program with its key as well, and are five at a time', async () => {
    const key = `aka_${randomUUID()}`;
    const responsible = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [responsible], { logGroups: ['db'] });
    const responsibleId = responsible.userId;
    const wanted = { kind: 'api', name: randomUUID(), sha256: hashKey(key), logGroups: ['db'], responsibleId } as const;
    await own.database.accessKeys.put({ ...wanted, logGroups: ['db'] });
    const asked = [await start(['db'], { key })];
    while (asked.length < 5) asked.push(await start(['db']));
    const sixth = await post('/v1/restores', { ...range, logGroups: ['db'] });
    expect([sixth.status, sixth.json]).toMatchObject([409, { code: 'restore-limit' }]);
    const estimate = await post('/v1/restores', { ...range, logGroups: ['db'], dryRun: true });
    expect(estimate.json).toMatchObject({ refusal: 'restore-limit' });
    for (const { id } of asked) await post(`/v1/restores/${id}/cancel`);
  });

  it('that are done are found with what is online, once, marked, and in the scope of who asks', async () => {
    const [first = ''] = db.eventIds;
    const set = await standSet(test, own, { logGroups: ['db'], segmentIds: [db.segmentId] });
    const search = async (more: object, as: Credentials = asBoss) =>
      searchAnswer.parse((await post('/v1/search', { ...range, ...more }, as)).json);
    const both = await search({ includeRestored: true });
    expect(both.total.value).toBe(5);
    expect(both.items.filter(({ restored }) => restored === true).map(({ logGroup }) => logGroup)).toEqual([
      'db',
      'db',
      'db',
    ]);
    // Past their days online.
    await test.documentsOf(own.tenant.id).removeSegments([db.segmentId]);
    await test.documentsOf(own.tenant.id).refresh();
    expect((await search({})).total.value).toBe(2);
    expect((await search({ includeRestored: true })).total.value).toBe(5);
    expect((await search({ includeRestored: true, query: 'alpha' }, asViewer)).items.map(({ id }) => id)).toEqual([
      first,
    ]);
    expect((await search({ includeRestored: true, logGroups: ['web'] }, asViewer)).total.value).toBe(0);
    const body = { ...range, includeRestored: true };
    const facets = facetsAnswer.parse((await post('/v1/search/facets', { ...body, fields: ['log.group'] })).json);
    expect(facets.facets[0]?.values).toContainEqual({ value: 'db', count: 3 });
    const histogram = histogramAnswer.parse((await post('/v1/search/histogram', body)).json);
    expect(histogram.buckets.reduce((sum, { total }) => sum + total, 0)).toBe(5);
    expect((await get(`/v1/events/${first}`, asViewer)).status).toBe(404);
    const found = await get(`/v1/events/${first}?includeRestored=true`, asViewer);
    expect(eventDetail.parse(found.json)).toMatchObject({ id: first, restored: true, block: db.block });
    const context = await get(`/v1/events/${first}/context?includeRestored=true`, asViewer);
    expect(contextAnswer.parse(context.json).after).toHaveLength(2);
    expect((await get(`/v1/events/${first}/proof?includeRestored=true`, asViewer)).status).toBe(200);
    const ended = await post(`/v1/restores/${set}/end`, undefined, asReviewer);
    expect([ended.status, ended.json]).toMatchObject([200, { state: 'expired', proven: true }]);
    expect((await search({ includeRestored: true })).total.value).toBe(2);
    expect(JSON.stringify(acts('restore.end').at(-1))).toContain(set);
  });
});
