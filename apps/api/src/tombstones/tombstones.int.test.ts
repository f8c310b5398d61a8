import { approvalsAnswer, tombstonesAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('tombstones', { timeout: 60_000 }, () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let deputy: TestPerson;
  let sealed: { block: number; eventIds: readonly string[] };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    deputy = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [admin, deputy], { logGroups: ['*'] });
    sealed = await own.seal('db', ['one line', 'two lines', 'three lines']);
  });
  afterAll(() => test.close());

  const send = async (by: TestPerson, [method, path]: [string, string], body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: await by.signIn() });
  const ask = (eventIds: readonly string[], by = admin) =>
    send(by, ['POST', '/v1/tombstones'], { eventIds, reason: 'holds a card number' });
  const idOf = ({ json }: TestAnswer): string =>
    String((json['params'] as Record<string, unknown> | undefined)?.['approvalId']);
  const list = async (by = admin) => tombstonesAnswer.parse((await send(by, ['GET', '/v1/tombstones'])).json).items;

  it('are made by two people, and nothing is on its way before that', async () => {
    const [first = '', , third = ''] = sealed.eventIds;
    const asked = await ask([first, third, first]);
    expect(asked.json).toMatchObject({ status: 403, code: 'second-person-required' });
    expect(await list()).toEqual([]);
    const [waiting] = approvalsAnswer.parse((await send(deputy, ['GET', '/v1/approvals'])).json).items;
    expect(waiting).toMatchObject({
      kind: 'tombstone',
      removal: { reason: 'holds a card number', records: 2, blocks: [{ block: sealed.block, positions: '0,2' }] },
    });
    const confirm = (by: TestPerson) => send(by, ['POST', `/v1/approvals/${idOf(asked)}/confirm`], {});
    expect((await confirm(admin)).status).toBe(404);
    expect((await confirm(deputy)).status).toBe(200);
    const [made] = await list();
    expect(made).toMatchObject({
      state: 'waiting',
      block: sealed.block,
      positions: '0,2',
      records: 2,
      asked: { id: admin.userId },
      approved: { id: deputy.userId },
      entry: null,
      logGroups: ['db'],
    });
    const certificate = await send(admin, ['GET', `/v1/tombstones/${made?.id ?? ''}/certificate`]);
    expect(certificate.json).toMatchObject({ status: 409, code: 'not-sealed-yet' });
    const acts = test.intake.acts.filter(({ event }) => event.action === 'tombstone.create');
    expect(acts.map(({ user }) => user.id)).toContain(deputy.userId);
  });

  it('are refused while a legal hold keeps the event, with a sentence', async () => {
    await send(admin, ['POST', '/v1/legal-holds'], { reason: 'a lawsuit', logGroups: ['db'] });
    expect((await ask([sealed.eventIds[0] ?? ''])).json).toMatchObject({ status: 409, code: 'records-held' });
  });

  it('are for who may remove records, alone and without a fresh second factor refused', async () => {
    const [id = ''] = sealed.eventIds;
    const viewer = await addPerson(test, own, 'viewer');
    await addGroup(own, [viewer], { logGroups: ['*'] });
    expect((await ask([id], viewer)).status).toBe(403);
    const body = { eventIds: [id], reason: 'holds a card number' };
    const cookie = await admin.signIn({ steppedUp: false });
    const early = await callApi(test, { method: 'POST', path: '/v1/tombstones', body }, { cookie });
    expect(early.json).toMatchObject({ code: 'step-up-required' });
    const young = await test.createTenant();
    const lonely = await addPerson(test, young, 'tenant-admin');
    await addGroup(young, [lonely], { logGroups: ['*'] });
    const theirs = await young.seal('db', ['one line']);
    expect((await ask([theirs.eventIds[0] ?? ''], lonely)).json).toMatchObject({ code: 'second-person-missing' });
    expect((await ask([theirs.eventIds[0] ?? ''], admin)).status).toBe(404);
  });

  it('answer for an event that is gone, from their statement on, with a certificate', async () => {
    const [first = '', second = ''] = sealed.eventIds;
    const asked = await ask([first]);
    await send(deputy, ['POST', `/v1/approvals/${idOf(asked)}/confirm`], {});
    const [made] = await own.database.tombstones.list({ limit: 1 });
    if (made === undefined) throw new Error('no tombstone');
    // As the worker notes it with the seal of its statement.
    await own.database.log.withSealLock((transaction) =>
      transaction.noteTombstone({ ...made, entry: sealed.block + 1, createdAt: new Date() }),
    );
    const gone = await send(admin, ['GET', `/v1/events/${first}`]);
    expect(gone.json).toMatchObject({ status: 410, code: 'event-removed', params: { tombstone: made.id } });
    expect((await send(admin, ['GET', `/v1/events/${second}`])).status).toBe(200);
    expect((await ask([first])).json).toMatchObject({ code: 'event-removed' });
    expect(await list()).toMatchObject([{ state: 'removing', entry: sealed.block + 1 }]);
  });
});
