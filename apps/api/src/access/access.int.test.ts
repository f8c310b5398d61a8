import { randomUUID } from 'node:crypto';
import { accessGrant, logGroupReaders, memberAccess } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('groups, grants and reports', () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let approver: TestPerson;
  let viewer: TestPerson;
  let range: { from: string; to: string };

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    approver = await addPerson(test, own, 'approver');
    viewer = await addPerson(test, own, 'viewer');
    await own.seal('db/access', [
      '{"message":"select","user":{"name":"yamada"},"event":{"outcome":"success"}}',
      '{"message":"select","user":{"name":"kuroda"},"event":{"outcome":"failure"}}',
    ]);
    await own.seal('web', ['hello from the web']);
    const now = Date.now();
    range = { from: new Date(now - 86_400_000).toISOString(), to: new Date(now + 86_400_000).toISOString() };
  });
  afterAll(() => test.close());

  const as = async (
    person: TestPerson,
    method: string,
    path: string,
    { body, steppedUp = true }: { body?: unknown; steppedUp?: boolean } = {},
  ): Promise<TestAnswer> => callApi(test, { method, path, body }, { cookie: await person.signIn({ steppedUp }) });
  const newGroup = async (): Promise<string> => {
    const made = await as(admin, 'POST', '/v1/access-groups', { body: { name: `DB ${randomUUID()}` } });
    expect(made.status).toBe(201);
    return String(made.json['id']);
  };
  const grantBody = (more: object = {}) => ({
    logGroups: ['db/*'],
    reason: 'the database is theirs',
    approvedBy: approver.userId,
    ...more,
  });
  const search = async (person: TestPerson) => (await as(person, 'POST', '/v1/search', { body: range })).json;

  it('is approved by the one who enters it only while there is nobody else who could', async () => {
    const young = await test.createTenant();
    const first = await addPerson(test, young, 'tenant-admin');
    const made = await as(first, 'POST', '/v1/access-groups', { body: { name: 'everything' } });
    const path = `/v1/access-groups/${String(made.json['id'])}/grants`;
    const body = { logGroups: ['*'], reason: 'the first of us', approvedBy: first.userId };
    expect((await as(first, 'POST', path, { body })).status).toBe(201);
    await addPerson(test, young, 'approver');
    expect((await as(first, 'POST', path, { body })).json).toMatchObject({ code: 'approval-required' });
  });

  it('lets people see from a grant on, and no more once it is revoked', async () => {
    const id = await newGroup();
    expect(await search(viewer)).toMatchObject({ total: { value: 0 } });
    const member = await as(admin, 'POST', `/v1/access-groups/${id}/members`, { body: { userId: viewer.userId } });
    expect(member.status).toBe(204);
    const made = await as(admin, 'POST', `/v1/access-groups/${id}/grants`, { body: grantBody() });
    expect(accessGrant.parse(made.json)).toMatchObject({ inForce: false, approvedBy: approver.email });
    expect(await search(viewer)).toMatchObject({ total: { value: 0 } });
    const path = `/v1/access-groups/${id}/grants`;
    await as(approver, 'POST', `/v1/approvals/${String(made.json['approvalId'])}/confirm`, { body: {} });
    const [grant] = (await as(admin, 'GET', path)).json['items'] as { id: string }[];
    expect(grant).toMatchObject({ inForce: true, approvedBy: approver.email, createdBy: admin.userId });
    expect(await search(viewer)).toMatchObject({ total: { value: 2 } });
    const groups = await as(viewer, 'GET', '/v1/log-groups');
    expect(groups.json['items']).toMatchObject([{ name: 'db/access', reach: 'all', records: 2 }]);
    const revoked = await as(admin, 'POST', `${path}/${grant?.id}/revoke`);
    expect(accessGrant.parse(revoked.json)).toMatchObject({ inForce: false, revokedBy: admin.userId });
    expect(await search(viewer)).toMatchObject({ total: { value: 0 } });
    const again = await as(admin, 'POST', `${path}/${grant?.id}/revoke`);
    expect(again.status).toBe(404);
    const actions = test.intake.acts.map(({ event }) => event.action);
    for (const action of ['access-group.create', 'access-group.member-add', 'grant.create', 'grant.revoke']) {
      expect(actions).toContain(action);
    }
  });

  it('grants nothing without a fresh second factor, another person’s approval, a reason and a readable filter', async () => {
    const id = await newGroup();
    const path = `/v1/access-groups/${id}/grants`;
    const refused = async (body: unknown, steppedUp = true) =>
      (await as(admin, 'POST', path, { body, steppedUp })).json;
    expect(await refused(grantBody(), false)).toMatchObject({ status: 403, code: 'step-up-required' });
    const own403 = { status: 403, code: 'approval-required' };
    expect(await refused(grantBody({ approvedBy: admin.userId }))).toMatchObject(own403);
    expect(await refused(grantBody({ approvedBy: viewer.userId }))).toMatchObject(own403);
    expect(await refused(grantBody({ approvedBy: randomUUID() }))).toMatchObject(own403);
    expect(await refused(grantBody({ reason: ' ' }))).toMatchObject({ code: 'request-invalid' });
    expect(await refused(grantBody({ rowFilter: 'user.name:(root' }))).toMatchObject({
      code: 'query-unreadable',
      position: expect.any(Number) as number,
    });
    expect(await refused(grantBody({ hiddenFields: ['log.group'] }))).toMatchObject({ code: 'request-invalid' });
    expect(await refused(grantBody({ hiddenFields: ['no.such.field'] }))).toMatchObject({ code: 'request-invalid' });
    expect(await refused(grantBody({ validTo: '2020-01-01T00:00:00Z' }))).toMatchObject({ code: 'time-range-invalid' });
    expect((await as(admin, 'GET', path)).json['items']).toEqual([]);
    const members = `/v1/access-groups/${id}/members`;
    expect((await as(admin, 'POST', members, { body: { userId: admin.userId } })).json).toMatchObject(own403);
    const approved = { userId: admin.userId, approvedBy: approver.userId };
    expect((await as(admin, 'POST', members, { body: approved })).status).toBe(204);
    expect((await as(viewer, 'POST', members, { body: approved })).status).toBe(403);
  });

  it('takes a name once, and frees it with the group', async () => {
    const name = `operations ${randomUUID()}`;
    const made = await as(admin, 'POST', '/v1/access-groups', { body: { name } });
    const id = String(made.json['id']);
    expect((await as(admin, 'POST', '/v1/access-groups', { body: { name } })).json).toMatchObject({
      code: 'name-taken',
    });
    const changed = await as(admin, 'PUT', `/v1/access-groups/${id}`, { body: { name, description: 'd' } });
    expect(changed.json).toMatchObject({ description: 'd' });
    expect((await as(admin, 'DELETE', `/v1/access-groups/${id}`)).status).toBe(204);
    expect((await as(admin, 'GET', `/v1/access-groups/${id}`)).status).toBe(404);
    expect((await as(admin, 'POST', '/v1/access-groups', { body: { name } })).status).toBe(201);
  });

  it('reports who sees a log group, what a person sees, and what that person’s search counts', async () => {
    const reader = await addPerson(test, own, 'viewer');
    await addGroup(own, [reader], {
      logGroups: ['db/*'],
      hiddenFields: ['user.name'],
      rowFilter: 'event.outcome:failure',
    });
    const path = `/v1/access/log-groups/${encodeURIComponent('db/access')}/readers`;
    const readers = logGroupReaders.parse((await as(admin, 'GET', path)).json);
    expect(readers.people.find(({ id }) => id === reader.userId)).toMatchObject({
      reach: 'part',
      through: [{ kind: 'grant', hiddenFields: ['user.name'], rowFilter: 'event.outcome:failure' }],
    });
    expect(readers.keys.map(({ name }) => name)).toContain('test');
    const table = await as(admin, 'GET', `${path}.csv`);
    expect(table.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(table.text).toContain(reader.email);
    expect(table.text).toContain('\r\n');
    const report = memberAccess.parse((await as(admin, 'GET', `/v1/access/members/${reader.userId}`)).json);
    expect(report.logGroups).toEqual([
      {
        name: 'db/access',
        reach: 'part',
        streams: [{ name: 'host-a', sourceId: 'source-a', reach: 'part' }],
        hiddenFields: ['user.name'],
      },
    ]);
    expect((await as(admin, 'GET', `/v1/access/members/${reader.userId}/report.csv`)).text).toContain(
      'event.outcome:failure',
    );
    const groupsTable = await as(admin, 'GET', '/v1/access/groups.csv');
    expect(groupsTable.headers.get('content-disposition')).toBe('attachment; filename="access-groups.csv"');
    expect(groupsTable.text).toMatch(/^\uFEFF?名前,説明,責任者|^\uFEFF?Name,Description,Owner/);
    expect((await as(admin, 'GET', '/v1/access/groups.csv', { steppedUp: false })).json).toMatchObject({
      code: 'step-up-required',
    });
    expect((await as(viewer, 'GET', '/v1/access/groups.csv')).json).toMatchObject({ code: 'forbidden' });
    const download = test.intake.acts.find(
      ({ event, akashi }) => event.action === 'report.download' && akashi.audit.target.kind === 'log-group',
    );
    expect(download).toMatchObject({
      event: { outcome: 'success' },
      akashi: { audit: { target: { name: 'db/access' }, details: { report: 'log-group-readers' } } },
    });
    const previewBy = (person: TestPerson, body: object) =>
      as(person, 'POST', `/v1/access/members/${reader.userId}/preview`, { body: { ...range, ...body } });
    const preview = (body: object) => previewBy(admin, body);
    expect((await preview({})).json).toMatchObject({ total: { value: 0 }, logGroups: [], fields: [] });
    const groupId = await addGroup(own, [admin], { logGroups: ['db/*'] });
    const counted = (await preview({})).json;
    expect(counted).toMatchObject({ total: { value: 1 }, logGroups: [{ name: 'db/access', count: 1 }] });
    expect((counted['fields'] as { name: string }[]).map(({ name }) => name)).not.toContain('user.name');
    expect((await preview({ query: 'user.name:kuroda' })).json).toMatchObject({ total: { value: 0 } });
    // A count is an answer: of what the caller does not see, and of fields hidden from the caller, there is none.
    const auditor = await addPerson(test, own, 'auditor');
    const outcome = { query: 'event.outcome:failure' };
    expect((await preview(outcome)).json).toMatchObject({ total: { value: 1 } });
    expect((await previewBy(auditor, outcome)).json).toMatchObject({ total: { value: 0 } });
    await addGroup(own, [auditor], { logGroups: ['db/*'], hiddenFields: ['event.outcome'] });
    expect((await previewBy(auditor, {})).json).toMatchObject({ total: { value: 1 } });
    expect((await previewBy(auditor, outcome)).json).toMatchObject({ total: { value: 0 } });
    const names = (await previewBy(auditor, {})).json['fields'] as { name: string }[];
    expect(names.map(({ name }) => name)).not.toContain('event.outcome');
    await own.database.accessGroups.remove(groupId, null);
    const trail = await as(admin, 'GET', `/v1/access/members/${auditor.userId}`);
    expect(memberAccess.parse(trail.json).through[0]).toMatchObject({
      kind: 'role',
      logGroups: ['akashi/audit', 'akashi/reports', 'akashi/reviews'],
    });
  });

  it('hides fields and with them the text, also in proofs, neighbours and counts', async () => {
    const reader = await addPerson(test, own, 'viewer');
    await addGroup(own, [reader], { logGroups: ['db/*'], hiddenFields: ['user.name'] });
    const cookie = await reader.signIn();
    const read = (method: string, path: string, body?: unknown) => callApi(test, { method, path, body }, { cookie });
    const found = await read('POST', '/v1/search', range);
    expect(found.json).toMatchObject({ total: { value: 2 }, items: [{ textHidden: true, record: '' }, {}] });
    const id = (found.json['items'] as { id: string }[])[0]?.id ?? '';
    const proof = await read('GET', `/v1/events/${id}/proof`);
    expect(proof.json).toMatchObject({ id, withheld: { leafHash: expect.any(String) as string } });
    const facets = await read('POST', '/v1/search/facets', { ...range, fields: ['user.name', 'event.outcome'] });
    expect(facets.json['facets']).toMatchObject([{ values: [] }, { values: [{ count: 1 }, { count: 1 }] }]);
    const answers = [
      found,
      proof,
      facets,
      await read('GET', `/v1/events/${id}`),
      await read('GET', `/v1/events/${id}/context`),
    ];
    for (const { text } of answers) expect(text).not.toMatch(/yamada|kuroda|select/);
  });

  it('reports open support accesses, and who reads the audit trail by role', async () => {
    const tenant = await test.createTenant();
    const boss = await addPerson(test, tenant, 'tenant-admin');
    await tenant.seal('db/access', ['one']);
    const operator = `operator-${randomUUID()}@example.jp`;
    const endsAt = new Date(Date.now() + 3_600_000);
    const wanted = { operator, purpose: 'the index is slow', logGroups: ['db/*'], grantedBy: boss.userId, endsAt };
    const access = await tenant.database.supportAccess.grant(wanted);
    const over = await tenant.database.supportAccess.grant({ ...wanted, operator: `former-${operator}` });
    await tenant.database.supportAccess.revoke(over.id, boss.userId);
    const readers = (name: string) => `/v1/access/log-groups/${encodeURIComponent(name)}/readers`;
    const readersOf = async (name: string) => {
      const { people } = logGroupReaders.parse((await as(boss, 'GET', readers(name))).json);
      return people.filter(({ id }) => id !== tenant.keyHolderId);
    };
    const through = {
      kind: 'support',
      logGroups: ['db/*'],
      reason: 'the index is slow',
      validTo: endsAt.toISOString(),
      approvedBy: boss.role,
    };
    expect(await readersOf('db/access')).toMatchObject([
      { id: access.id, email: operator, role: 'platform-operator', reach: 'all', through: [through] },
    ]);
    const table = await as(boss, 'GET', `${readers('db/access')}.csv`);
    expect(table.text).toContain(
      `db/access,support-access,${operator},${operator},platform-operator,all,Support access`,
    );
    expect(table.text).toContain(endsAt.toISOString());

    const report = memberAccess.parse((await as(boss, 'GET', `/v1/access/members/${access.id}`)).json);
    expect(report).toMatchObject({
      member: { email: operator },
      through: [through],
      logGroups: [{ name: 'db/access', reach: 'all' }],
    });
    expect((await as(boss, 'GET', `/v1/access/members/${access.id}/report.csv`)).text).toContain('the index is slow');
    expect((await as(boss, 'GET', `/v1/access/members/${over.id}`)).status).toBe(404);

    expect(await readersOf('akashi/audit')).toMatchObject([{ id: boss.userId, through: [{ kind: 'role' }] }]);
    const trailTable = await as(boss, 'GET', `${readers('akashi/audit')}.csv`);
    expect(trailTable.text).toContain(`${boss.email},tenant-admin,all,Role,akashi/audit`);
    expect(trailTable.text).not.toContain(operator);
  });
});
