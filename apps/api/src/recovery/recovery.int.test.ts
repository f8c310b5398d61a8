import { randomBytes } from 'node:crypto';
import { platformTenant, recoveriesAnswer, recoveryView } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';
import { startTestMail, type TestMail } from '../test-mail.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('recovery of an administrator', () => {
  let test: TestApi;
  let mail: TestMail;
  let outside: Client;
  let operator: TestPerson;
  let asleep: ApiTenant;
  let admin: TestPerson;

  beforeAll(async () => {
    mail = await startTestMail();
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl: mail.url });
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
    operator = await addPerson(test, await test.createTenant(), 'platform-operator');
  });
  beforeEach(async () => {
    asleep = await test.createTenant();
    admin = await addPerson(test, asleep, 'tenant-admin');
    await asleep.database.organisation.change({
      contacts: [{ name: 'Security', email: `security@${asleep.tenant.slug}.example`, purpose: 'security' }],
    });
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
    mail.close();
  });

  /** Ninety days have passed in which nobody came, and the worker's duty ended the unused accounts. */
  const fallAsleep = async (): Promise<void> => {
    const { users } = asleep.database;
    for (const { id } of await users.list()) await users.disable(id, 'dormant');
  };
  const byOperator = async (step: string, body: object): Promise<TestAnswer> =>
    callApi(
      test,
      { method: 'POST', path: `/v1/platform/tenants/${asleep.tenant.id}/${step}`, body },
      { cookie: await operator.signIn() },
    );
  const wanted = () => ({ email: `new@${asleep.tenant.slug}.example`, displayName: 'New Admin', reason: 'all asleep' });
  const answer = (token: string, decision: 'confirm' | 'decline') =>
    callApi(test, { method: 'POST', path: '/v1/recovery/answer', body: { token, decision } });
  const tokenFor = (address: string): string => mail.linkFor(address, 'recovery');
  const contactToken = () => tokenFor(`security@${asleep.tenant.slug}.example`);
  const actsOf = () =>
    test.intake.acts.filter(({ tenantId }) => tenantId === asleep.tenant.id).map(({ event }) => event.action);

  it('is no first invitation: where there ever were people, inviting an administrator is refused', async () => {
    const { email, displayName } = wanted();
    const invite = () => byOperator('administrator', { email, displayName });
    expect((await invite()).json).toMatchObject({ status: 409, reason: 'had-people' });
    await fallAsleep();
    expect((await invite()).json).toMatchObject({ status: 409, reason: 'had-people' });
    expect(await asleep.database.invitations.list()).toEqual([]);
  });

  it('is asked of the contacts, lets nobody in before two of them confirm, and stays visible', async () => {
    expect((await byOperator('recovery', wanted())).json).toMatchObject({ reason: 'has-administrator' });
    await fallAsleep();
    const asked = await byOperator('recovery', wanted());
    expect(asked.status, asked.text).toBe(200);
    expect(platformTenant.parse(asked.json)).toMatchObject({ administrator: 'gone', invitationSent: true });
    expect(asked.text).not.toContain('token');
    const token = contactToken();
    const look = await callApi(test, { method: 'POST', path: '/v1/recovery/look', body: { token } });
    expect(recoveryView.parse(look.json)).toMatchObject({
      email: wanted().email,
      reason: 'all asleep',
      requestedBy: operator.email,
    });
    expect((await answer(token, 'confirm')).json).toEqual({ state: 'waiting' });
    expect(await asleep.database.invitations.list()).toEqual([]);
    expect((await answer(token, 'confirm')).json).toMatchObject({ code: 'invitation-gone' });
    // Nobody but ninety unused days ended this account: its mail is a way to the organisation itself.
    expect((await answer(tokenFor(admin.email), 'confirm')).json).toEqual({ state: 'confirmed' });
    const [invitation] = await asleep.database.invitations.list();
    expect(invitation).toMatchObject({ purpose: 'invite', email: wanted().email, role: 'tenant-admin' });
    expect(mail.tokenFor(wanted().email)).toHaveLength(43);
    const later = await addPerson(test, asleep, 'approver');
    const path = '/v1/members/recoveries';
    const seen = await callApi(test, { method: 'GET', path }, { cookie: await later.signIn() });
    expect(recoveriesAnswer.parse(seen.json).items).toMatchObject([
      {
        state: 'confirmed',
        requestedBy: operator.email,
        needed: 2,
        contacts: [{ decision: 'confirm' }, { decision: 'confirm' }],
      },
    ]);
    expect(actsOf()).toEqual(
      expect.arrayContaining(['recovery.request', 'recovery.view', 'recovery.confirm', 'member.invite']),
    );
    await expect(outside.query('SET ROLE akashi_app; DELETE FROM recovery')).rejects.toThrow(/permission denied/);
    await outside.query('RESET ROLE');
  });

  it('lets the one who slept back in under the same account', async () => {
    await fallAsleep();
    await byOperator('recovery', { ...wanted(), email: admin.email });
    await answer(contactToken(), 'confirm');
    await answer(tokenFor(admin.email), 'confirm');
    expect(await asleep.database.users.find(admin.userId)).toMatchObject({ disabledAt: null, role: 'tenant-admin' });
    expect(await asleep.database.invitations.list()).toMatchObject([{ purpose: 'reset', email: admin.email }]);
  });

  it('ends with the first refusal, with its time, and when another one takes its place', async () => {
    await fallAsleep();
    await byOperator('recovery', wanted());
    const declined = contactToken();
    expect((await answer(declined, 'decline')).json).toEqual({ state: 'declined' });
    expect((await answer(tokenFor(admin.email), 'confirm')).json).toMatchObject({ code: 'invitation-gone' });
    await byOperator('recovery', wanted());
    const replaced = contactToken();
    await byOperator('recovery', wanted());
    expect((await answer(replaced, 'confirm')).json).toMatchObject({ code: 'invitation-gone' });
    const late = contactToken();
    await outside.query(`UPDATE recovery SET expires_at = now() WHERE tenant_id = $1`, [asleep.tenant.id]);
    expect((await answer(late, 'confirm')).json).toMatchObject({ code: 'invitation-gone' });
    expect((await answer(randomBytes(32).toString('base64url'), 'confirm')).json).toMatchObject({
      code: 'invitation-gone',
    });
    expect(await asleep.database.invitations.list()).toEqual([]);
    const { rows } = await outside.query('SELECT outcome FROM recovery WHERE tenant_id = $1 ORDER BY requested_at', [
      asleep.tenant.id,
    ]);
    expect(rows.map((row: { outcome: string | null }) => row.outcome)).toEqual(['declined', 'replaced', null]);
  });

  it('asks nobody whom the organisation has let go, and is refused without anybody to ask', async () => {
    await asleep.database.organisation.change({ contacts: [] });
    await outside.query(`UPDATE app_user SET disabled_at = now(), disabled_reason = 'left' WHERE tenant_id = $1`, [
      asleep.tenant.id,
    ]);
    expect((await byOperator('recovery', wanted())).json).toMatchObject({ status: 409, reason: 'no-contacts' });
    const other = await addPerson(test, await test.createTenant(), 'viewer');
    expect((await byOperator('recovery', { ...wanted(), email: other.email })).json).toMatchObject({
      reason: 'address-taken',
    });
  });
});
