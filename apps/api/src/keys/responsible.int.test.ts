import { randomUUID } from 'node:crypto';
import { accessKey, accessKeyWithSecret, logGroupReaders } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const keys = '/v1/access-keys';
const range = {
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
};

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('who is responsible for a key', () => {
  let test: TestApi;
  let own: ApiTenant;
  let outside: Client;
  let wide: TestPerson;
  let narrow: TestPerson;
  let wideGroup: string;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
    for (const group of ['db', 'web']) {
      await own.seal(group, [`{"message":"of ${group}","user":{"name":"root"},"event":{"outcome":"failure"}}`]);
    }
  });
  beforeEach(async () => {
    wide = await addPerson(test, own, 'tenant-admin');
    narrow = await addPerson(test, own, 'log-administrator');
    wideGroup = await addGroup(own, [wide], { logGroups: ['*'] });
    await addGroup(own, [narrow], { logGroups: ['db'], hiddenFields: ['user.name'] });
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
  });

  const send = async (person: TestPerson, method: string, path: string, body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: await person.signIn() });
  const make = async (person: TestPerson, logGroups: readonly string[]) => {
    const made = await send(person, 'POST', keys, { kind: 'api', name: `key ${randomUUID()}`, logGroups });
    expect(made.status, made.text).toBe(201);
    return accessKeyWithSecret.parse(made.json);
  };
  const rotate = async (person: TestPerson, id: string, overlapHours = 0) => {
    const rotated = await send(person, 'POST', `${keys}/${id}/rotate`, { overlapHours });
    expect(rotated.status, rotated.text).toBe(200);
    return accessKeyWithSecret.parse(rotated.json);
  };
  const found = async (key: string, query = ''): Promise<unknown> => {
    const answer = await callApi(test, { method: 'POST', path: '/v1/search', body: { ...range, query } }, { key });
    const items = answer.json['items'];
    return Array.isArray(items) ? items.length : answer.json['reason'];
  };
  const statusOf = async (key: string, path: string): Promise<number> =>
    (await callApi(test, { method: 'GET', path }, { key })).status;
  const beyond = { status: 403, json: { code: 'forbidden', reason: 'beyond-own-access' } };

  it('nobody receives, changes or prolongs a key that reaches further than they do', async () => {
    const { key } = await make(wide, ['*', 'akashi/*']);
    const theirs = await make(wide, ['db']);
    const without = await addPerson(test, own, 'log-administrator');
    const administrator = await addPerson(test, own, 'tenant-admin');
    for (const person of [narrow, without, administrator]) {
      for (const { id } of [key, theirs.key]) {
        const values = { name: 'taken', logGroups: ['db'] };
        const later = { ...values, expiresAt: new Date(Date.now() + 200 * 86_400_000).toISOString() };
        expect(await send(person, 'POST', `${keys}/${id}/rotate`, {})).toMatchObject(beyond);
        expect(await send(person, 'PUT', `${keys}/${id}`, values)).toMatchObject(beyond);
        expect(await send(person, 'PUT', `${keys}/${id}`, later)).toMatchObject(beyond);
      }
      const more = { kind: 'api', name: 'more', logGroups: ['db', 'web'] };
      expect(await send(person, 'POST', keys, more)).toMatchObject(beyond);
      expect(await send(person, 'POST', keys, { ...more, logGroups: ['akashi/other'] })).toMatchObject(beyond);
    }
    expect(await found(theirs.secret)).toBe(1);
    // Taking away is not receiving.
    expect((await send(without, 'DELETE', `${keys}/${key.id}`)).status).toBe(204);
  });

  it('shows of its log groups what its person sees, hidden fields and all', async () => {
    const { secret } = await make(narrow, ['db']);
    expect([await found(secret), await found(secret, 'user.name:root')]).toEqual([1, 0]);
    const answer = await callApi(test, { method: 'POST', path: '/v1/search', body: range }, { key: secret });
    expect(answer.text).not.toContain('root');
    const all = await make(wide, ['*', 'akashi/*']);
    expect([await found(all.secret), await found(all.secret, 'user.name:root')]).toEqual([2, 2]);
    expect(await statusOf(secret, '/v1/audit-trail')).toBe(403);
    expect(await statusOf(all.secret, '/v1/audit-trail')).toBe(200);
  });

  it('ends with the grant, the membership, the role, the time box and the person', async () => {
    const { secret } = await make(wide, ['*', 'akashi/*']);
    const { accessGroups, users } = own.database;
    const membership = { groupId: wideGroup, userId: wide.userId, by: null };
    expect(await found(secret)).toBe(2);
    await accessGroups.removeMember(membership);
    expect(await found(secret)).toBe(0);
    await accessGroups.addMember(membership);
    await users.change(wide.userId, { role: 'viewer' });
    expect([await found(secret), await statusOf(secret, '/v1/audit-trail')]).toEqual([2, 403]);
    await users.change(wide.userId, { accessUntil: new Date(Date.now() - 1000) });
    expect(await found(secret)).toBe('nobody-responsible');
    expect(test.intake.acts.at(-1)?.event).toMatchObject({ action: 'key.refused', reason: 'nobody-responsible' });
    await users.change(wide.userId, { accessUntil: null });
    expect(await found(secret)).toBe(2);
    await outside.query('UPDATE access_grant SET revoked_at = now() WHERE group_id = $1', [wideGroup]);
    expect(await found(secret)).toBe(0);
    await users.disable(wide.userId, 'left');
    expect(await statusOf(secret, '/v1/log-groups')).toBe(401);
  });

  it('moves with rotation, and the former secret stays that of the former person', async () => {
    const first = await make(narrow, ['db']);
    expect(first.key.responsible).toMatchObject({ id: narrow.userId, active: true });
    const second = await rotate(wide, first.key.id, 24);
    expect(second.key.responsible).toMatchObject({ id: wide.userId });
    expect(second.key.createdBy).toBe(narrow.userId);
    expect([await found(first.secret, 'user.name:root'), await found(second.secret, 'user.name:root')]).toEqual([0, 1]);
    // Whoever left takes nothing along, and the key of who answers for it now goes on.
    await own.database.users.disable(narrow.userId, 'left');
    expect([await statusOf(first.secret, '/v1/log-groups'), await found(second.secret)]).toEqual([401, 1]);
    const act = test.intake.acts.findLast(({ event }) => event.action === 'key.rotate');
    expect(act?.akashi.audit.changes).toContain(wide.email);
  });

  it('is nobody for a key from before that nobody is known to have made, until somebody who sees as much rotates it', async () => {
    const made = await make(wide, ['*']);
    await outside.query('UPDATE access_key SET responsible_id = NULL WHERE id = $1', [made.key.id]);
    expect(await found(made.secret)).toBe('nobody-responsible');
    expect(accessKey.parse((await send(narrow, 'GET', `${keys}/${made.key.id}`)).json).responsible).toBeNull();
    expect(await send(narrow, 'POST', `${keys}/${made.key.id}/rotate`, {})).toMatchObject(beyond);
    const rotated = await rotate(wide, made.key.id);
    expect(await found(rotated.secret)).toBe(2);
  });

  it('stands in the report of who reads a log group, as far as the key reaches', async () => {
    const readers = async (group: string) => {
      const { json } = await send(wide, 'GET', `/v1/access/log-groups/${group}/readers`);
      return logGroupReaders.parse(json).keys;
    };
    const { key } = await make(narrow, ['db']);
    const mine = (await readers('db')).find(({ id }) => id === key.id);
    expect(mine).toMatchObject({ reach: 'part', responsible: 'log-administrator' });
    expect((await readers('web')).some(({ id }) => id === key.id)).toBe(false);
    await own.database.users.change(narrow.userId, { accessUntil: new Date(Date.now() - 1000) });
    expect((await readers('db')).some(({ id }) => id === key.id)).toBe(false);
  });

  it('is nobody who confirms the key in an access review (7.2.4)', async () => {
    const mine = await make(wide, ['db']);
    const taken = await make(narrow, ['db']);
    await rotate(wide, taken.key.id);
    const opened = await send(wide, 'POST', '/v1/access-reviews', {});
    const review = opened.json as { id: string; items: { id: string; kind: string; subjectId: string }[] };
    const itemOf = (id: string) => review.items.find(({ subjectId }) => subjectId === id)?.id ?? '';
    const confirm = (person: TestPerson, id: string) =>
      send(person, 'POST', `/v1/access-reviews/${review.id}/items/${itemOf(id)}`, { decision: 'confirm', note: 'ok' });
    expect(itemOf(mine.key.id)).not.toBe('');
    expect(review.items.find(({ subjectId }) => subjectId === mine.key.id)).toMatchObject({
      needsAnother: true,
      ownerId: null,
      snapshot: { responsible: 'tenant-admin', email: wide.email },
    });
    for (const id of [mine.key.id, taken.key.id, wide.userId]) {
      expect(await confirm(wide, id)).toMatchObject({ status: 403, json: { code: 'own-membership' } });
    }
    // Who made it is asked as little as who answers for it: as somebody who does not manage access, not at all.
    expect((await confirm(narrow, taken.key.id)).status).toBe(404);
    const another = await addPerson(test, own, 'tenant-admin');
    expect((await confirm(another, mine.key.id)).status).toBe(200);
  });
});
