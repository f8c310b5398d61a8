import {
  approvalsAnswer,
  logGroupKeepingDetail,
  retentionAnswer,
  retentionPoliciesAnswer,
  type LogGroupKeeping,
} from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const dayMs = 86_400_000;

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('retention', { timeout: 60_000 }, () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let deputy: TestPerson;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    deputy = await addPerson(test, own, 'approver');
    await addGroup(own, [admin, deputy], { logGroups: ['*'] });
    await own.seal('db', ['one line', 'two lines']);
    await own.seal('web', ['one line']);
  });
  afterAll(() => test.close());

  const send = async (by: TestPerson, [method, path]: [string, string], body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: await by.signIn() });
  const view = async (by = admin) => retentionAnswer.parse((await send(by, ['GET', '/v1/retention'])).json);
  const group = async (name: string, by = admin): Promise<LogGroupKeeping | undefined> =>
    (await view(by)).items.find(({ logGroup }) => logGroup === name);
  const move = (body: unknown, { name = 'db', by = admin } = {}) =>
    send(by, ['PUT', `/v1/log-groups/${encodeURIComponent(name)}/retention`], body);
  const scope = (body: unknown, name = 'db') => send(admin, ['PUT', `/v1/log-groups/${name}/pci-scope`], body);
  const keptUntil = async (): Promise<(string | null)[]> => {
    const blocks = await own.database.blocksToExtend.list({ after: -1, limit: 10 });
    return blocks.map(({ keptUntil: until }) => until?.toISOString() ?? null);
  };
  const confirm = (id: unknown, by = deputy) => send(by, ['POST', `/v1/approvals/${String(id)}/confirm`], {});
  const acts = (action: string) => test.intake.acts.filter(({ event }) => event.action === action);
  const idOf = ({ json }: TestAnswer): string =>
    String((json['params'] as Record<string, unknown> | undefined)?.['approvalId']);

  it('is told of every log group in one look: young, as the floors ask for a year', async () => {
    const seen = await view();
    expect(seen).toMatchObject({
      requirement: 'pci:4.0.1:10.5.1',
      floors: { onlineDays: 90, keptDays: 365 },
      state: 'young',
      counts: { young: 2 },
      waiting: [],
    });
    const [db] = seen.items;
    expect(db).toMatchObject({
      logGroup: 'db',
      policy: { id: 'default', title: null, onlineDays: 90, keptDays: 365 },
      inScope: true,
      scopeException: null,
      holds: [],
      streams: { count: 1, young: 1, broken: 0 },
      verdict: { state: 'young', online: { reason: 'younger-than-floor' }, kept: { reason: 'younger-than-floor' } },
    });
    expect(db?.oldestOnline).toBe(db?.oldestKept);
    expect(Date.parse(db?.nextDeletionAt ?? '') - Date.parse(db?.oldestKept ?? '')).toBe(365 * dayMs);
    expect(Date.parse(db?.verdict.youngUntil ?? '') - Date.parse(db?.since ?? '')).toBe(365 * dayMs);
    const answer = await send(admin, ['GET', '/v1/log-groups/db/retention']);
    const detail = logGroupKeepingDetail.parse(answer.json);
    expect(detail.items).toMatchObject([{ logStream: 'host-a', verdict: { state: 'young' } }]);
    expect(detail.items[0]?.oldestOnline).toBe(db?.oldestOnline);
    expect((await send(admin, ['GET', '/v1/log-groups/none/retention'])).status).toBe(404);
  });

  it('finds what is missing from the index', async () => {
    await test.documentsOf(own.tenant.id).removeAll();
    const seen = await view();
    expect(seen).toMatchObject({ state: 'broken', counts: { broken: 2 } });
    expect(seen.items[0]).toMatchObject({
      oldestOnline: null,
      verdict: { online: { state: 'broken', reason: 'not-online' }, kept: { state: 'young' } },
      streams: { broken: 1 },
    });
  });

  it('is raised at once, for everything that exists, by one call', async () => {
    const raised = await move({ onlineDays: 90, keptDays: null });
    expect(raised.status, raised.text).toBe(200);
    const detail = logGroupKeepingDetail.parse(raised.json);
    expect(detail.policy).toMatchObject({ onlineDays: 90, keptDays: null });
    expect(detail).toMatchObject({ nextDeletionAt: null, raising: { blocks: 1 } });
    expect(detail.changes).toMatchObject([
      { by: 'tenant-admin', approvedBy: null, change: { kind: 'log-group', after: { keptDays: null } } },
    ]);
    expect(await keptUntil()).toEqual([null]);
    expect((await group('web'))?.policy.id).toBe('default');
    const [act] = acts('retention.change').filter(({ user }) => user.id === admin.userId);
    expect(act?.akashi.audit).toMatchObject({
      target: { kind: 'log-group', name: 'db' },
      changes: expect.stringContaining('{"field":"keptDays","before":"365","after":"null"}'),
    });
    const same = await move({ policyId: detail.policy.id }, { name: 'web' });
    expect(logGroupKeepingDetail.parse(same.json).policy.id).toBe(detail.policy.id);
    const policies = retentionPoliciesAnswer.parse((await send(admin, ['GET', '/v1/retention-policies'])).json);
    expect(policies.items.map(({ id, logGroups, isDefault }) => [id, logGroups, isDefault])).toEqual([
      ['default', 0, true],
      [detail.policy.id, 2, false],
    ]);
    expect(policies.onlineClasses).toMatchObject({ most: 24 });
  });

  it('goes below no floor, and says which', async () => {
    const floor = (field: string, days: number) => ({
      status: 422,
      code: 'below-floor',
      params: { requirement: 'pci:4.0.1:10.5.1', field, floor: days },
    });
    expect((await move({ onlineDays: 89, keptDays: 365 })).json).toMatchObject(floor('onlineDays', 90));
    expect((await move({ onlineDays: 90, keptDays: 364 })).json).toMatchObject(floor('keptDays', 365));
    const post = (body: object) => send(admin, ['POST', '/v1/retention-policies'], body);
    expect((await post({ onlineDays: 30, keptDays: 400 })).json).toMatchObject(floor('onlineDays', 90));
    const put = await send(admin, ['PUT', '/v1/retention-policies/default'], { keptDays: 100 });
    expect(put.json).toMatchObject(floor('keptDays', 365));
    expect((await post({ onlineDays: 400, keptDays: 365 })).json).toMatchObject({
      status: 400,
      reason: 'online-beyond-kept',
    });
    const short = await post({ id: 'month', onlineDays: 7, keptDays: 30, outOfScopeOnly: true });
    expect(short.json).toMatchObject({ id: 'month', outOfScopeOnly: true });
    expect((await post({ id: 'month', onlineDays: 90, keptDays: 400 })).json).toMatchObject({ code: 'name-taken' });
    expect((await move({ policyId: 'month' })).json).toMatchObject(floor('onlineDays', 90));
    expect((await move({ policyId: 'nobody-made-it' })).status).toBe(404);
  });

  it('is lowered by two people, for what comes after', async () => {
    await move({ onlineDays: 180, keptDays: 2555 });
    const [until] = await keptUntil();
    const lower = { onlineDays: 180, keptDays: 730 };
    const refused = await move(lower);
    expect(refused.json).toMatchObject({ status: 403, code: 'second-person-required' });
    const id = idOf(refused);
    expect(idOf(await move(lower))).toBe(id);
    const waiting = await view(deputy);
    expect(waiting.waiting).toMatchObject([
      { approvalId: id, change: { kind: 'log-group', logGroup: 'db', after: { keptDays: 730 } } },
    ]);
    expect((await group('db'))?.waiting).toEqual([id]);
    expect((await send(deputy, ['GET', '/v1/session'])).json).toMatchObject({ waitingApprovals: 1 });
    expect((await send(admin, ['GET', '/v1/session'])).json).toMatchObject({ waitingApprovals: 0 });
    const listed = approvalsAnswer.parse((await send(deputy, ['GET', '/v1/approvals'])).json).items;
    expect(listed).toMatchObject([
      { id, kind: 'retention', approver: null, mayDecide: true, retention: { kind: 'log-group' } },
    ]);
    expect((await confirm(id, admin)).status).toBe(404);
    const viewer = await addPerson(test, own, 'viewer');
    expect((await confirm(id, viewer)).status).toBe(404);
    expect((await confirm(id)).json).toMatchObject({ state: 'confirmed', approver: { id: deputy.userId } });
    const db = await group('db');
    expect(db?.policy).toMatchObject({ onlineDays: 180, keptDays: 730 });
    expect(db?.waiting).toEqual([]);
    expect(await keptUntil()).toEqual([until]);
    const lowered = acts('retention.change').filter(({ user }) => user.id === deputy.userId);
    expect(lowered).toHaveLength(1);
    expect(lowered[0]?.akashi.audit).toMatchObject({
      changes: expect.stringContaining('{"field":"keptDays","before":"2555","after":"730"}'),
      details: { requested_by: admin.email, approved_by: deputy.email },
    });
  });

  it('needs a fresh second factor to be lowered, and somebody else', async () => {
    await move({ onlineDays: 90, keptDays: 730 });
    const lower = { method: 'PUT', path: '/v1/log-groups/db/retention', body: { onlineDays: 90, keptDays: 365 } };
    const early = await callApi(test, lower, { cookie: await admin.signIn({ steppedUp: false }) });
    expect(early.json).toMatchObject({ status: 403, code: 'step-up-required' });
    const raise = { ...lower, body: { onlineDays: 90, keptDays: null } };
    expect((await callApi(test, raise, { cookie: await admin.signIn({ steppedUp: false }) })).status).toBe(200);
    await own.database.users.change(deputy.userId, { role: 'viewer' });
    const others = await own.database.accessGrants.people();
    for (const { id, role } of others)
      if (id !== admin.userId && ['tenant-admin', 'approver'].includes(role))
        await own.database.users.change(id, { role: 'viewer' });
    expect((await move({ onlineDays: 90, keptDays: 365 })).json).toMatchObject({ code: 'second-person-missing' });
    expect((await group('db'))?.policy.keptDays).toBeNull();
  });

  it('changes the days of a policy for all that have it, and its title for readers', async () => {
    const raised = await send(admin, ['PUT', '/v1/retention-policies/default'], { title: '二年', keptDays: 730 });
    expect(raised.json).toMatchObject({ id: 'default', title: '二年', keptDays: 730, logGroups: 2 });
    expect(await keptUntil()).toHaveLength(2);
    const lowered = await send(admin, ['PUT', '/v1/retention-policies/default'], { keptDays: 365 });
    expect(lowered.json).toMatchObject({ code: 'second-person-required' });
    // What was asked for is not what would be changed any more.
    await send(admin, ['PUT', '/v1/retention-policies/default'], { keptDays: 1_000 });
    expect((await confirm(idOf(lowered))).json).toMatchObject({ status: 409, reason: 'gone' });
    expect((await send(admin, ['PUT', '/v1/retention-policies/No.Such'], { keptDays: 730 })).status).toBe(404);
  });

  it('lets a log group out of PCI scope on two people’s word, and back by one', async () => {
    const out = await scope({ inScope: false, reason: 'a test system without card data' });
    expect(out.json).toMatchObject({ code: 'second-person-required' });
    expect((await group('db'))?.inScope).toBe(true);
    await confirm(idOf(out));
    expect(await group('db')).toMatchObject({
      inScope: false,
      scopeException: { reason: 'a test system without card data', by: 'tenant-admin', approvedBy: 'approver' },
      verdict: { state: 'out-of-scope' },
    });
    const shorter = await move({ onlineDays: 7, keptDays: 30 });
    await confirm(idOf(shorter));
    expect((await group('db'))?.policy).toMatchObject({ onlineDays: 7, keptDays: 30 });
    expect((await scope({ inScope: true })).json).toMatchObject({ code: 'below-floor' });
    expect((await move({ onlineDays: 90, keptDays: 365 })).status).toBe(200);
    expect((await scope({ inScope: true })).json).toMatchObject({ inScope: true, scopeException: null });
    expect((await scope({ inScope: false })).status).toBe(400);
  });

  it('does not show, nor give away, log groups out of reach', async () => {
    const narrow = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [narrow], { logGroups: ['web'] });
    expect((await view(narrow)).items.map(({ logGroup }) => logGroup)).toEqual(['web']);
    expect((await send(narrow, ['GET', '/v1/log-groups/db/retention'])).status).toBe(404);
    expect((await move({ onlineDays: 90, keptDays: null }, { by: narrow })).status).toBe(404);
    await move({ onlineDays: 180, keptDays: 730 });
    await move({ onlineDays: 90, keptDays: 365 });
    const seen = await send(narrow, ['GET', '/v1/retention']);
    expect(retentionAnswer.parse(seen.json).waiting).toEqual([]);
    expect(seen.text).not.toContain('"db"');
    const part = await addPerson(test, own, 'auditor');
    await addGroup(own, [part], { logGroups: ['db'], hiddenFields: ['user.name'] });
    expect(await group('db', part)).toMatchObject({
      reach: 'part',
      oldestOnline: null,
      oldestKept: null,
      streams: null,
      verdict: { state: 'unknown', kept: { reason: 'seen-in-part' } },
    });
    for (const role of ['reviewer', 'viewer']) {
      const other = await addPerson(test, own, role);
      expect((await send(other, ['GET', '/v1/retention'])).status).toBe(403);
    }
    for (const role of ['log-administrator', 'auditor', 'approver']) {
      const other = await addPerson(test, own, role);
      await addGroup(own, [other], { logGroups: ['*'] });
      expect((await send(other, ['GET', '/v1/retention'])).status).toBe(200);
      expect((await move({ onlineDays: 90, keptDays: null }, { by: other })).status).toBe(403);
    }
  });

  it('is taken along by an auditor, the same bytes for the same state', async () => {
    const auditor = await addPerson(test, own, 'auditor');
    await addGroup(own, [auditor], { logGroups: ['*'] });
    const get = (query: string) => send(auditor, ['GET', `/v1/retention/evidence?${query}`]);
    const [csv, japanese, json] = [
      await get('format=csv'),
      await get('format=csv&language=ja'),
      await get('format=json'),
    ];
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('attachment');
    const lines = csv.text.trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('Oldest online,Oldest kept');
    expect(lines[1]).toMatch(/,pci:4\.0\.1:10\.5\.1,db,,yes,,default,90,365,/);
    expect(lines[2]).toMatch(/,db,host-a,yes,/);
    expect(japanese.text).toContain('オンラインの最古');
    const withoutTime = (text: string): string => text.replaceAll(/20\d\d-\d\d-\d\dT[0-9:.]+Z,pci/g, 'pci');
    expect(withoutTime((await get('format=csv')).text)).toBe(withoutTime(csv.text));
    expect(json.json).toMatchObject({
      requirement: 'pci:4.0.1:10.5.1',
      state: 'young',
      items: [{ logGroup: 'db', streams: [{ logStream: 'host-a' }] }, { logGroup: 'web' }],
    });
    expect((await get('format=pdf')).status).toBe(400);
    expect(acts('retention.evidence').filter(({ user }) => user.id === auditor.userId)).not.toEqual([]);
  });

  it('changes nothing that cannot be put on record', async () => {
    test.intake.isAway = true;
    try {
      expect((await move({ onlineDays: 90, keptDays: null })).status).toBe(503);
      expect((await send(admin, ['POST', '/v1/retention-policies'], { onlineDays: 90, keptDays: 400 })).status).toBe(
        503,
      );
    } finally {
      test.intake.isAway = false;
    }
    expect((await group('db'))?.policy.id).toBe('default');
    expect(await own.database.retentionPolicies.list()).toHaveLength(1);
  });
});
