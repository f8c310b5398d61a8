import { randomUUID } from 'node:crypto';
import { accessGrant, approvalsAnswer, type ApprovalAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, testWebUrl, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';
import { startTestMail, type TestMail } from '../test-mail.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const range = {
  from: new Date(Date.now() - 86_400_000).toISOString(),
  to: new Date(Date.now() + 86_400_000).toISOString(),
};

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('approvals', () => {
  let test: TestApi;
  let own: ApiTenant;
  let outside: Client;
  let admin: TestPerson;
  let approver: TestPerson;
  let groupId: string;
  let mail: TestMail;

  beforeAll(async () => {
    mail = await startTestMail();
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl: mail.url });
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
    own = await test.createTenant();
    await own.seal('db', ['one line']);
  });
  beforeEach(async () => {
    admin = await addPerson(test, own, 'tenant-admin');
    approver = await addPerson(test, own, 'approver');
    const made = await send(admin, 'POST', '/v1/access-groups', { name: `group ${randomUUID()}` });
    groupId = String(made.json['id']);
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
    mail.close();
  });

  const send = async (person: TestPerson, method: string, path: string, body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: await person.signIn() });
  const ask = async (by = admin, asked = approver): Promise<string> => {
    const body = { logGroups: ['db'], reason: 'the database is theirs', approvedBy: asked.userId };
    const made = await send(by, 'POST', `/v1/access-groups/${groupId}/grants`, body);
    expect(made.status, made.text).toBe(201);
    expect(accessGrant.parse(made.json)).toMatchObject({ inForce: false, awaitsApproval: true, approvedAlone: false });
    return String(made.json['approvalId']);
  };
  const enter = (by: TestPerson, approvedBy: TestPerson) =>
    send(by, 'POST', `/v1/access-groups/${groupId}/members`, { userId: by.userId, approvedBy: approvedBy.userId });
  const decide = (by: TestPerson, id: string, how: 'confirm' | 'decline' | 'withdraw', note?: string) =>
    send(by, 'POST', `/v1/approvals/${id}/${how}`, how === 'withdraw' ? undefined : { note });
  const listed = async (by: TestPerson): Promise<ApprovalAnswer[]> =>
    approvalsAnswer.parse((await send(by, 'GET', '/v1/approvals')).json).items;
  const seen = async (person: TestPerson): Promise<number> =>
    ((await send(person, 'POST', '/v1/search', range)).json['items'] as unknown[]).length;

  it('wait for the person who was asked, and open nothing meanwhile', async () => {
    const grant = await ask();
    expect((await enter(admin, approver)).status).toBe(204);
    expect(await seen(admin)).toBe(0);
    const mine = await listed(approver);
    expect(mine.map(({ kind, state }) => [kind, state])).toEqual([
      ['membership', 'waiting'],
      ['grant', 'waiting'],
    ]);
    expect((await send(approver, 'GET', '/v1/session')).json).toMatchObject({ waitingApprovals: 2 });
    for (const { id } of mine) expect((await decide(approver, id, 'confirm', 'agreed')).status).toBe(200);
    expect(await seen(admin)).toBe(1);
    expect(await own.database.accessGrants.list(groupId)).toMatchObject([
      { approvalId: grant, approvedBy: approver.email, createdBy: admin.userId, approvedAlone: false },
    ]);
    expect((await send(approver, 'GET', '/v1/session')).json).toMatchObject({ waitingApprovals: 0 });
    const acts = test.intake.acts.filter(({ user }) => [admin.userId, approver.userId].includes(user.id ?? ''));
    const of = (action: string) => acts.filter(({ event }) => event.action === action).map(({ user }) => user.id);
    expect([of('approval.request'), of('approval.confirm'), of('grant.create')]).toEqual([
      [admin.userId, admin.userId],
      [approver.userId, approver.userId],
      [approver.userId],
    ]);
  });

  it('are given in the session of who was asked, with a fresh second factor, and by nobody else', async () => {
    const id = await ask();
    const another = await addPerson(test, own, 'approver');
    const deputy = await addPerson(test, own, 'tenant-admin');
    for (const person of [admin, another, deputy]) {
      expect((await decide(person, id, 'confirm')).status).toBe(404);
      expect((await decide(person, id, 'decline')).status).toBe(404);
    }
    const path = `/v1/approvals/${id}/confirm`;
    const cookie = await approver.signIn({ steppedUp: false });
    const early = await callApi(test, { method: 'POST', path, body: {} }, { cookie });
    expect(early.json).toMatchObject({ status: 403, code: 'step-up-required' });
    expect((await callApi(test, { method: 'POST', path, body: {} }, { key: own.apiKey })).status).toBe(403);
    await own.database.users.change(approver.userId, { role: 'viewer' });
    expect((await decide(approver, id, 'confirm')).json).toMatchObject({ code: 'forbidden', reason: 'not-approver' });
    expect(await own.database.accessGrants.list(groupId)).toEqual([]);
    expect((await listed(another)).some((each) => each.id === id)).toBe(false);
    expect((await listed(deputy)).some((each) => each.id === id)).toBe(true);
  });

  it('are decided once: declined, withdrawn and lapsed ones open nothing', async () => {
    const declined = await ask();
    expect((await decide(approver, declined, 'decline', 'too much')).json).toMatchObject({ state: 'declined' });
    const withdrawn = await ask();
    expect((await decide(approver, withdrawn, 'withdraw')).status).toBe(403);
    expect((await send(admin, 'POST', `/v1/access-groups/${groupId}/grants/${withdrawn}/revoke`)).status).toBe(200);
    const lapsed = await ask();
    await outside.query(`UPDATE approval SET lapses_at = now() WHERE id = $1`, [lapsed]);
    for (const id of [declined, withdrawn, lapsed]) {
      expect((await decide(approver, id, 'confirm')).json).toMatchObject({ status: 409, code: 'decided-before' });
    }
    const states = new Map((await listed(admin)).map(({ id, state }) => [id, state]));
    expect([declined, withdrawn, lapsed].map((id) => states.get(id))).toEqual(['declined', 'withdrawn', 'lapsed']);
    const gone = await ask();
    await send(admin, 'DELETE', `/v1/access-groups/${groupId}`);
    expect((await decide(approver, gone, 'confirm')).json).toMatchObject({ code: 'conflict', reason: 'gone' });
    expect(await own.database.accessGrants.list(groupId)).toEqual([]);
  });

  it('say on record that one person stood alone, where nobody else can be asked', async () => {
    const young = await test.createTenant();
    const first = await addPerson(test, young, 'tenant-admin');
    const made = await send(first, 'POST', '/v1/access-groups', { name: 'everything' });
    const path = `/v1/access-groups/${String(made.json['id'])}`;
    const body = { logGroups: ['*'], reason: 'the first of us', approvedBy: first.userId };
    const grant = accessGrant.parse((await send(first, 'POST', `${path}/grants`, body)).json);
    expect(grant).toMatchObject({ inForce: true, approvedAlone: true, awaitsApproval: false });
    const self = { userId: first.userId, approvedBy: first.userId };
    expect((await send(first, 'POST', `${path}/members`, self)).status).toBe(204);
    expect((await listed(first)).map(({ state }) => state)).toEqual(['alone', 'alone']);
    const acts = test.intake.acts.filter(({ user }) => user.id === first.userId);
    for (const action of ['grant.create', 'access-group.member-add']) {
      const act = acts.find(({ event }) => event.action === action);
      expect(JSON.stringify(act?.akashi.audit), action).toContain('only_administrator');
    }
    await addPerson(test, young, 'approver');
    const refused = await send(first, 'POST', `${path}/grants`, body);
    expect(refused.json).toMatchObject({ status: 403, code: 'approval-required' });
  });

  it('are told of by mail: to the approver in their language when it is asked for, to whoever asked when it is decided', async () => {
    await own.database.users.change(approver.userId, { language: 'ja' });
    const id = await ask();
    const asked = mail.to(approver.email);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/承認を依頼しています/);
    expect(asked[0]).toContain(`${testWebUrl}/access/approvals`);
    expect(asked[0]).not.toContain('the database is theirs');
    expect(mail.to(admin.email)).toEqual([]);
    await decide(approver, id, 'decline', 'not now');
    const [answer, ...others] = mail.to(admin.email);
    expect(others).toEqual([]);
    expect(answer).toMatch(/has declined what you asked for/);
    const withdrawn = await ask();
    await decide(admin, withdrawn, 'withdraw');
    expect(mail.to(admin.email)).toHaveLength(1);
  });

  it('stand although the mail server is away', async () => {
    const lonely = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    try {
      const tenant = await lonely.createTenant();
      const [asker, asked] = [
        await addPerson(lonely, tenant, 'tenant-admin'),
        await addPerson(lonely, tenant, 'approver'),
      ];
      const cookie = await asker.signIn();
      const call = (path: string, body: unknown) => callApi(lonely, { method: 'POST', path, body }, { cookie });
      const group = String((await call('/v1/access-groups', { name: 'db' })).json['id']);
      const grant = { logGroups: ['db'], reason: 'theirs', approvedBy: asked.userId };
      expect((await call(`/v1/access-groups/${group}/grants`, grant)).status).toBe(201);
    } finally {
      await lonely.close();
    }
  });

  it('open nothing that cannot be put on record', async () => {
    const id = await ask();
    test.intake.isAway = true;
    try {
      expect((await decide(approver, id, 'confirm')).status).toBe(503);
    } finally {
      test.intake.isAway = false;
    }
    expect(await own.database.accessGrants.list(groupId)).toEqual([]);
    expect((await decide(approver, id, 'confirm')).status).toBe(200);
  });
});
