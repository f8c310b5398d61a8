import { randomUUID } from 'node:crypto';
import { accessReviewDetail, type AccessReviewDetail } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('reviews of access', () => {
  let test: TestApi;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  afterAll(() => test.close());

  const as = async (
    person: TestPerson,
    method: string,
    path: string,
    { body, steppedUp = true }: { body?: unknown; steppedUp?: boolean } = {},
  ): Promise<TestAnswer> => callApi(test, { method, path, body }, { cookie: await person.signIn({ steppedUp }) });

  it('reviews every right: confirmed or removed, at once, and closed when all is decided', async () => {
    const tenant = await test.createTenant();
    const [boss, reader, leaver] = [
      await addPerson(test, tenant, 'tenant-admin'),
      await addPerson(test, tenant, 'viewer'),
      await addPerson(test, tenant, 'viewer'),
    ];
    await tenant.seal('db', ['one']);
    await addGroup(tenant, [reader, leaver], { logGroups: ['db'] });
    const call = async (method: string, path: string, body?: unknown) =>
      callApi(test, { method, path, body }, { cookie: await boss.signIn() });
    const opened = accessReviewDetail.parse((await call('POST', '/v1/access-reviews', {})).json);
    expect((await call('POST', '/v1/access-reviews', {})).json).toMatchObject({ status: 409, code: 'review-open' });
    expect(new Set(opened.items.map(({ kind }) => kind))).toEqual(new Set(['member', 'membership', 'grant', 'key']));
    expect((await call('POST', `/v1/access-reviews/${opened.id}/close`)).json).toMatchObject({
      code: 'review-undecided',
    });
    const item = (matches: (each: AccessReviewDetail['items'][number]) => boolean) =>
      opened.items.find(matches)?.id ?? '';
    const decide = (itemId: string, decision: 'confirm' | 'remove') =>
      call('POST', `/v1/access-reviews/${opened.id}/items/${itemId}`, { decision, note: 'checked' });
    const bossItem = item(({ subjectId }) => subjectId === boss.userId);
    expect((await decide(bossItem, 'remove')).json).toMatchObject({ code: 'last-administrator' });
    const leaverCookie = await leaver.signIn();
    const leaverItem = item(({ subjectId }) => subjectId === leaver.userId);
    expect((await decide(leaverItem, 'remove')).status).toBe(200);
    expect((await decide(leaverItem, 'confirm')).json).toMatchObject({ code: 'decided-before' });
    const ended = await callApi(test, { method: 'GET', path: '/v1/log-groups' }, { cookie: leaverCookie });
    expect(ended.status).toBe(401);
    await decide(
      item(({ kind }) => kind === 'grant'),
      'remove',
    );
    const seen = await callApi(test, { method: 'GET', path: '/v1/log-groups' }, { cookie: await reader.signIn() });
    expect(seen.json).toEqual({ items: [] });
    const rest = accessReviewDetail.parse((await call('GET', `/v1/access-reviews/${opened.id}`)).json);
    for (const { id, decision } of rest.items) if (decision === null) await decide(id, 'confirm');
    const closed = await call('POST', `/v1/access-reviews/${opened.id}/close`);
    expect(closed.json).toMatchObject({ closedBy: boss.userId, removed: 2 });
    const table = await call('GET', `/v1/access-reviews/${opened.id}/report.csv`);
    expect(table.text.split('\r\n')).toHaveLength(opened.items.length + 2);
    expect(table.text).toContain(leaver.email);
    expect((await call('GET', `/v1/access-reviews/${randomUUID()}/report.csv`)).json).toMatchObject({
      code: 'not-found',
    });
    const { json } = await call('GET', '/v1/access-reviews');
    expect(json).toMatchObject({ isDue: false, items: [{ id: opened.id }] });
    expect(Date.parse(String(json['nextDueAt']))).toBeGreaterThan(Date.now() + 180 * 86_400_000);
  });

  it('lets the owner of a group decide exactly its items of a review, whatever the role', async () => {
    const tenant = await test.createTenant();
    const [boss, owner, stranger, reader] = [
      await addPerson(test, tenant, 'tenant-admin'),
      await addPerson(test, tenant, 'viewer'),
      await addPerson(test, tenant, 'reviewer'),
      await addPerson(test, tenant, 'viewer'),
    ];
    await tenant.seal('db', ['one']);
    const owned = await addGroup(tenant, [reader], { logGroups: ['db'] });
    await addGroup(tenant, [reader], { logGroups: ['web'] });
    const handOver = (ownerId: string) =>
      as(boss, 'PUT', `/v1/access-groups/${owned}`, { body: { name: `db ${randomUUID()}`, ownerId } });
    const session = async (person: TestPerson) => (await as(person, 'GET', '/v1/session')).json;
    expect((await handOver(stranger.userId)).status).toBe(200);
    const opened = accessReviewDetail.parse((await as(boss, 'POST', '/v1/access-reviews', { body: {} })).json);
    const path = `/v1/access-reviews/${opened.id}`;

    expect(await session(stranger)).toMatchObject({ ownsReviewItems: true });
    expect((await handOver(owner.userId)).status).toBe(200);
    expect(await session(stranger)).toMatchObject({ ownsReviewItems: false });
    expect((await as(stranger, 'GET', '/v1/access-reviews')).json['items']).toEqual([]);
    expect((await as(stranger, 'GET', path)).json).toMatchObject({ status: 404, code: 'not-found' });

    expect(await session(owner)).toMatchObject({ ownsReviewItems: true });
    const listed = (await as(owner, 'GET', '/v1/access-reviews')).json;
    expect(listed['items']).toMatchObject([{ id: opened.id, items: 2, decided: 0 }]);
    const mine = accessReviewDetail.parse((await as(owner, 'GET', path)).json);
    expect(mine.items.map(({ kind, ownerId }) => [kind, ownerId])).toEqual([
      ['membership', owner.userId],
      ['grant', owner.userId],
    ]);
    const mineIds = mine.items.map(({ id }) => id);
    const decide = (person: TestPerson, itemId: string, decision: 'confirm' | 'remove') =>
      as(person, 'POST', `${path}/items/${itemId}`, { body: { decision, note: 'left the team' }, steppedUp: false });
    for (const { id } of opened.items.filter(({ id: each }) => !mineIds.includes(each)))
      expect((await decide(owner, id, 'confirm')).json).toMatchObject({ status: 404, code: 'not-found' });
    const [membership = '', grant = ''] = mineIds;
    expect((await decide(stranger, grant, 'confirm')).status).toBe(404);
    const confirmed = accessReviewDetail.parse((await decide(owner, grant, 'confirm')).json);
    expect(confirmed).toMatchObject({ decided: 1, removed: 0 });
    expect(confirmed.items).toHaveLength(2);
    expect((await decide(owner, membership, 'remove')).status).toBe(200);
    expect((await as(reader, 'GET', '/v1/log-groups')).json).toEqual({ items: [] });
    expect((await as(owner, 'POST', `${path}/close`)).status).toBe(403);
    expect((await as(owner, 'POST', '/v1/access-reviews', { body: {} })).status).toBe(403);
    const acts = test.intake.acts.filter(({ event }) => event.action === 'access-review.decide');
    const hers = acts.filter(({ user, event }) => user.id === owner.userId && event.outcome === 'success');
    expect(hers).toMatchObject([
      { akashi: { audit: { target: { kind: 'grant' }, details: { decision: 'confirm' } } } },
      { akashi: { audit: { target: { kind: 'membership' }, details: { decision: 'remove', note: 'left the team' } } } },
    ]);
  });

  it('leaves the decision on one’s own membership to another person who manages access', async () => {
    const tenant = await test.createTenant();
    const [boss, owner] = [await addPerson(test, tenant, 'tenant-admin'), await addPerson(test, tenant, 'viewer')];
    await tenant.seal('db', ['one']);
    const owned = await addGroup(tenant, [boss, owner], { logGroups: ['db'] });
    await as(boss, 'PUT', `/v1/access-groups/${owned}`, { body: { name: 'db', ownerId: owner.userId } });
    const opened = accessReviewDetail.parse((await as(boss, 'POST', '/v1/access-reviews', { body: {} })).json);
    const path = `/v1/access-reviews/${opened.id}`;
    const ownOf = async (person: TestPerson) => {
      const { items } = accessReviewDetail.parse((await as(person, 'GET', path)).json);
      return items.filter(({ needsAnother }) => needsAnother).map(({ kind, id }) => ({ kind, id }));
    };
    const decide = (person: TestPerson, itemId: string, decision: 'confirm' | 'remove', note?: string) =>
      as(person, 'POST', `${path}/items/${itemId}`, { body: { decision, note } });

    const [hers, ...others] = await ownOf(owner);
    expect([hers?.kind, others]).toEqual(['membership', []]);
    for (const decision of ['confirm', 'remove'] as const)
      expect((await decide(owner, hers?.id ?? '', decision)).json).toMatchObject({
        status: 403,
        code: 'own-membership',
      });
    expect((await decide(boss, hers?.id ?? '', 'confirm')).status).toBe(200);

    // There is nobody else who manages access: then, and only then, it is the same person.
    expect(await ownOf(boss)).toEqual([]);
    const deputy = await addPerson(test, tenant, 'tenant-admin');
    const [account, theirs] = await ownOf(boss);
    expect([account?.kind, theirs?.kind]).toEqual(['member', 'membership']);
    expect((await decide(boss, account?.id ?? '', 'confirm')).json).toMatchObject({ code: 'own-membership' });
    expect((await decide(boss, theirs?.id ?? '', 'confirm')).json).toMatchObject({ code: 'own-membership' });
    await tenant.database.users.disable(deputy.userId, 'left');
    expect((await decide(boss, theirs?.id ?? '', 'confirm')).json).toMatchObject({ reason: 'own-right' });
    expect((await decide(boss, theirs?.id ?? '', 'confirm', 'nobody else manages access')).status).toBe(200);
    const act = test.intake.acts.findLast(({ event }) => event.action === 'access-review.decide');
    expect(JSON.stringify(act?.akashi.audit)).toContain('only_administrator');
  });
});
