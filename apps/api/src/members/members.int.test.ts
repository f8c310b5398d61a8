import { createHash, randomUUID } from 'node:crypto';
import {
  enrolled,
  invitation,
  memberDisabled,
  membersAnswer,
  problem,
  session,
  totpEnrolment,
} from '@akashi/contracts';
import { createCodeDispenser } from '@akashi/identity';
import { describe, expect, it } from 'vitest';
import {
  call,
  forgetStepUp,
  hasServers,
  invite,
  mail,
  newAdmin,
  other,
  outside,
  postTo,
  refusal,
  signIn,
  tenant,
  test,
  useAccounts,
  databaseUrl,
  searchUrl,
} from '../accounts.fixtures.ts';
import { startTestApi } from '../api.fixtures.ts';
import { cookieOf } from '../test-people.fixtures.ts';

describe.runIf(hasServers)('people of an organisation (PCI DSS 8)', () => {
  useAccounts();

  it('lets a new person in by a link that works once: password, authenticator, recovery codes (8.3.5, 8.4)', async () => {
    const admin = await newAdmin();
    const cookie = await admin.signIn();
    const email = `${randomUUID()}@example.jp`;
    const made = invitation.parse(await (await invite(cookie, { email: email.toUpperCase() })).json());
    expect(made).toMatchObject({ status: 'open', email });
    expect(Date.parse(made.expiresAt) - Date.now()).toBeLessThanOrEqual(72 * 3_600_000);
    const token = mail.tokenFor(email);
    const looked = await (await postTo('/v1/invitation/look', undefined, { token })).json();
    expect(looked).toMatchObject({ purpose: 'invite', email, tenantNameJa: '試験商店' });
    const accept = (password: string) => postTo('/v1/invitation/accept', undefined, { token, password });
    expect(await refusal(accept('short 1'))).toBe('400 password-refused too-short');
    expect(await refusal(accept('Password12345'))).toBe('400 password-refused breached');
    const accepted = await accept('lantern orchard 58');
    let pending = cookieOf(accepted);
    expect(session.parse(await accepted.json())).toMatchObject({ stage: 'enrolment', secondFactors: [] });
    expect(await refusal(accept('lantern orchard 58'))).toBe('410 invitation-gone');
    expect(await refusal(call('/v1/log-groups', { cookie: pending }))).toBe('401 second-factor-required');
    expect(await refusal(postTo('/v1/session/second-factor', pending, { code: '123456' }))).toBe('403 forbidden');

    const begun = totpEnrolment.parse(await (await postTo('/v1/session/enrolment/totp', pending)).json());
    expect(begun.uri).toContain(begun.secret);
    const confirm = (code: string) => postTo('/v1/session/enrolment/totp/confirm', pending, { id: begun.id, code });
    expect(await refusal(confirm('000000'))).toBe('403 second-factor-failed');
    const codes = createCodeDispenser(begun.secret);
    const first = await codes.next();
    const confirmed = await confirm(first);
    const done = enrolled.parse(await confirmed.json());
    expect(done).toMatchObject({ session: { stage: 'full' } });
    expect(done.recoveryCodes).toHaveLength(10);
    expect((await call('/v1/log-groups', { cookie: cookieOf(confirmed) })).status).toBe(200);
    expect((await call('/v1/session', { cookie: pending })).status).toBe(401);

    pending = cookieOf(await signIn({ email }, 'lantern orchard 58'));
    expect(await refusal(postTo('/v1/session/second-factor', pending, { code: first }))).toBe(
      '403 second-factor-failed',
    );
    const [recoveryCode = ''] = done.recoveryCodes;
    const recovered = await postTo('/v1/session/second-factor', pending, { recoveryCode: recoveryCode.toUpperCase() });
    expect(session.parse(await recovered.json())).toMatchObject({ stage: 'full' });
    pending = cookieOf(await signIn({ email }, 'lantern orchard 58'));
    expect(await refusal(postTo('/v1/session/second-factor', pending, { recoveryCode }))).toBe(
      '403 second-factor-failed',
    );
  });

  it('refuses links that were withdrawn, sent again, or are too old', async () => {
    const admin = await newAdmin();
    const cookie = await admin.signIn();
    const email = `${randomUUID()}@example.jp`;
    const { id } = invitation.parse(await (await invite(cookie, { email })).json());
    const before = mail.tokenFor(email);
    await postTo(`/v1/members/invitations/${id}/resend`, cookie);
    const after = mail.tokenFor(email);
    expect(after).not.toBe(before);
    const look = (token: string) => postTo('/v1/invitation/look', undefined, { token });
    expect(await refusal(look(before))).toBe('410 invitation-gone');
    expect((await look(after)).status).toBe(200);
    await outside.query('UPDATE invitation SET expires_at = now() WHERE id = $1', [id]);
    expect(await refusal(look(after))).toBe('410 invitation-gone');
    await postTo(`/v1/members/invitations/${id}/resend`, cookie);
    expect((await call(`/v1/members/invitations/${id}`, { method: 'DELETE', cookie })).status).toBe(204);
    expect(await refusal(look(mail.tokenFor(email)))).toBe('410 invitation-gone');
    expect(await refusal(look('A'.repeat(43)))).toBe('410 invitation-gone');
  });

  it('invites with the right role, the permission and a fresh second factor only', async () => {
    const admin = await newAdmin();
    const viewer = await (await tenant.addPerson()).signIn();
    expect(await refusal(invite(viewer))).toBe('403 forbidden');
    expect(await refusal(call('/v1/members', { cookie: viewer }))).toBe('403 forbidden');
    const cookie = await admin.signIn();
    expect(await refusal(invite(cookie, { role: 'auditor' }))).toBe('400 request-invalid');
    expect(await refusal(invite(cookie, { role: 'platform-operator' }))).toBe('400 request-invalid');
    expect(await refusal(invite(cookie, { email: admin.email }))).toBe('409 conflict member-exists');
    const accessUntil = new Date(Date.now() + 30 * 86_400_000).toISOString();
    expect((await invite(cookie, { role: 'auditor', accessUntil })).status).toBe(201);
    await forgetStepUp();
    expect(await refusal(invite(cookie))).toBe('403 step-up-required');
  });

  it('tells an administrator nothing of another organisation’s people', async () => {
    const admin = await newAdmin();
    const cookie = await admin.signIn();
    expect((await invite(cookie, { email: other.email })).status).toBe(201);
    const accept = { token: mail.tokenFor(other.email), password: 'lantern orchard 58' };
    expect(await refusal(postTo('/v1/invitation/accept', undefined, accept))).toBe('409 conflict address-taken');
    for (const [method, path] of [
      ['GET', `/v1/members/${other.person.id}`],
      ['POST', `/v1/members/${other.person.id}/reset`],
      ['POST', `/v1/members/${other.person.id}/enable`],
    ] as const) {
      expect(await refusal(call(path, { method, cookie }))).toBe('404 not-found');
    }
    const listed = membersAnswer.parse(await (await call('/v1/members', { cookie })).json());
    expect(listed.items.some(({ email }) => email === other.email)).toBe(false);
  });

  it('says so when the mail cannot be sent, and leaves no open invitation behind', async () => {
    const away = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    try {
      const there = await away.createTenant();
      const boss = await there.addPerson({ role: 'tenant-admin' });
      const cookie = await boss.signIn();
      const body = { email: 'a@example.jp', name: 'A', role: 'viewer', language: 'en' };
      const answer = await fetch(`${away.api.url}/v1/members/invitations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-akashi-csrf': '1', cookie },
        body: JSON.stringify(body),
      });
      expect(problem.parse(await answer.json())).toMatchObject({ status: 503, code: 'mail-unavailable' });
      expect((await there.database.invitations.list()).map(({ revokedAt }) => revokedAt === null)).toEqual([false]);
    } finally {
      await away.close();
    }
  });

  it('ends sessions and keys at once when somebody leaves (8.2.5)', async () => {
    const admin = await newAdmin();
    const leaver = await tenant.addPerson();
    const theirs = await leaver.signIn();
    const sha256 = createHash('sha256').update('aka_key-of-the-leaver-000000').digest();
    const key = { kind: 'api', name: 'of the leaver', sha256, logGroups: ['*'] } as const;
    await tenant.database.accessKeys.put({ ...key, responsibleId: leaver.id });
    const withKey = (): Promise<Response> =>
      fetch(`${test.api.url}/v1/log-groups`, { headers: { authorization: 'Bearer aka_key-of-the-leaver-000000' } });
    expect((await withKey()).status).toBe(200);
    const cookie = await admin.signIn();
    const path = `/v1/members/${leaver.id}`;
    const ended = memberDisabled.parse(await (await postTo(`${path}/disable`, cookie, { reason: 'left' })).json());
    expect(ended).toMatchObject({ sessions: 1, keys: [{ name: 'of the leaver' }] });
    expect([(await call('/v1/session', { cookie: theirs })).status, (await withKey()).status]).toEqual([401, 401]);
    expect((await signIn(leaver)).status).toBe(401);
    expect(await refusal(postTo(`${path}/disable`, cookie, { reason: 'left' }))).toBe('409 conflict already-disabled');
    expect((await postTo(`${path}/enable`, cookie)).status).toBe(200);
    expect((await withKey()).status).toBe(401);
    expect((await signIn(leaver)).status).toBe(201);
    const acts = test.intake.acts.filter(({ user }) => user.id === admin.id).map(({ event }) => event.action);
    expect(acts).toEqual(expect.arrayContaining(['member.disable', 'key.revoke', 'member.enable']));
  });

  it('keeps an administrator, and lets nobody change their own role', async () => {
    const there = await test.createTenant();
    const admin = await there.addPerson({ role: 'tenant-admin' });
    const cookie = await admin.signIn();
    const change = (id: string, body: unknown) => call(`/v1/members/${id}`, { method: 'PATCH', cookie, body });
    expect(await refusal(change(admin.id, { role: 'viewer' }))).toBe('409 conflict own-account');
    const second = await there.addPerson({ role: 'viewer' });
    expect((await change(second.id, { role: 'tenant-admin' })).status).toBe(200);
    const theirs = await second.signIn();
    expect(
      (await call(`/v1/members/${admin.id}`, { method: 'PATCH', cookie: theirs, body: { role: 'viewer' } })).status,
    ).toBe(200);
    expect(await refusal(postTo('/v1/members/invitations', cookie, {}))).toMatch(/^403 forbidden$/);
    const back = await call(`/v1/members/${admin.id}`, {
      method: 'PATCH',
      cookie: theirs,
      body: { role: 'tenant-admin' },
    });
    expect(back.status).toBe(200);
    expect(await refusal(change(second.id, { role: 'auditor' }))).toBe('400 request-invalid');
    expect((await change(second.id, { role: 'viewer' })).status).toBe(200);
    await forgetStepUp();
    expect(await refusal(change(second.id, { role: 'reviewer' }))).toBe('403 step-up-required');
  });

  it('ends an auditor’s access at its end, in the middle of a session', async () => {
    const auditor = await tenant.addPerson({ role: 'auditor' });
    await tenant.database.users.change(auditor.id, { accessUntil: new Date(Date.now() + 60_000) });
    const cookie = await auditor.signIn();
    expect((await call('/v1/log-groups', { cookie })).status).toBe(200);
    await outside.query('UPDATE app_user SET access_until = now() WHERE id = $1', [auditor.id]);
    expect((await call('/v1/log-groups', { cookie })).status).toBe(401);
    expect((await signIn(auditor)).status).toBe(401);
  });

  it('resets a sign-in by a new link; the old factors end when it is taken up', async () => {
    const admin = await newAdmin();
    const person = await tenant.addPerson();
    const theirs = await person.signIn();
    const cookie = await admin.signIn();
    expect((await postTo(`/v1/members/${person.id}/reset`, cookie)).status).toBe(201);
    expect((await call('/v1/session', { cookie: theirs })).status).toBe(401);
    const accept = (password: string) =>
      postTo('/v1/invitation/accept', undefined, { token: mail.tokenFor(person.email), password });
    expect(await refusal(accept(person.password))).toBe('400 password-refused used-before');
    const accepted = await accept('lantern orchard 58');
    expect(session.parse(await accepted.json())).toMatchObject({ stage: 'enrolment', secondFactors: [] });
    expect((await signIn(person)).status).toBe(401);
    const again = await signIn(person, 'lantern orchard 58');
    expect(session.parse(await again.json())).toMatchObject({ stage: 'enrolment' });
  });
});
