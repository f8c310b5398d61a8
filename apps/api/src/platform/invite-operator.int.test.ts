import { createAuditSender } from '@akashi/client';
import { enrolled, session, totpEnrolment } from '@akashi/contracts';
import { totpCodeAt } from '@akashi/identity';
import { createClock, createLogger } from '@akashi/server-kit';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, testWebUrl, type TestApi } from '../api.fixtures.ts';
import { IntakeAuditTrail } from '../audit-trail/intake-audit-trail.ts';
import { callApi, type TestAnswer } from '../people.fixtures.ts';
import { inviteOperator, type OperatorInvitation } from './invite-operator.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const email = 'operator@localhost';
const password = 'first light over Kanazawa 7';

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('the way into an empty installation', () => {
  let test: TestApi;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  afterAll(() => test.close());

  const invite = async (wanted: { email?: string; onlyFirst?: boolean } = {}): Promise<OperatorInvitation> => {
    const { keyring, database } = test;
    const clock = createClock();
    const key = (): Promise<string> => keyring.systemSenderKey();
    const sender = createAuditSender({
      endpoint: test.intake.url,
      key,
      service: 'platform',
      now: clock.now,
      withinMs: 500,
    });
    const auditTrail = new IntakeAuditTrail(sender, {
      logger: createLogger({ name: 'test', level: 'silent' }),
      now: clock.now,
    });
    const parts = { database, keyring, auditTrail, webUrl: testWebUrl, clock };
    try {
      return await inviteOperator(parts, { email, language: 'en', onlyFirst: false, ...wanted });
    } finally {
      await auditTrail.close();
    }
  };
  const tokenOf = (invitation: OperatorInvitation): string => {
    if (invitation.kind !== 'invited') throw new Error(invitation.kind);
    expect(invitation.url).toMatch(/\/invitation#[A-Za-z0-9_-]{43}$/);
    return invitation.url.split('#')[1] ?? '';
  };
  const post = (path: string, body: unknown, cookie?: string) =>
    callApi(test, { method: 'POST', path, body }, cookie === undefined ? {} : { cookie });
  const cookieOf = ({ headers }: TestAnswer): string => headers.get('set-cookie')?.split(';')[0] ?? '';
  const accept = (token: string) => post('/v1/invitation/accept', { token, password });

  it('is one link for one use, on record, and the newest one alone', async () => {
    const lost = tokenOf(await invite({ onlyFirst: true }));
    const invitation = await invite({ onlyFirst: true });
    const days = invitation.kind === 'invited' ? (invitation.expiresAt.getTime() - Date.now()) / 86_400_000 : 0;
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThanOrEqual(3);
    expect((await accept(lost)).status).toBe(410);
    const token = tokenOf(invitation);
    const accepted = await accept(token);
    expect(accepted.status).toBe(201);
    expect((await accept(token)).status).toBe(410);
    const acts = test.intake.acts.filter(({ event }) => event.action === 'member.invite');
    expect(acts).toMatchObject([{ akashi: { audit: { target: { name: email } } } }, { logStream: 'platform' }]);
    expect(JSON.stringify(test.intake.acts)).not.toContain(token);

    const cookie = cookieOf(accepted);
    const enrolment = totpEnrolment.parse((await post('/v1/session/enrolment/totp', {}, cookie)).json);
    const code = totpCodeAt(enrolment.secret, Date.now());
    const done = await post('/v1/session/enrolment/totp/confirm', { id: enrolment.id, code }, cookie);
    expect(enrolled.parse(done.json).session).toMatchObject({ stage: 'full', user: { role: 'platform-operator' } });
    const full = cookieOf(done);
    expect(
      session.parse((await callApi(test, { method: 'GET', path: '/v1/session' }, { cookie: full })).json),
    ).toMatchObject({
      permissions: expect.arrayContaining(['platform.manage']) as string[],
    });
    const made = await post(
      '/v1/platform/tenants',
      {
        slug: 'first',
        nameJa: '最初の組織',
        nameEn: 'First',
        timeZone: 'Asia/Tokyo',
        language: 'ja',
        admin: { email: 'admin@first.example', displayName: 'Admin' },
      },
      full,
    );
    expect(made.status, made.text).toBe(201);

    expect(await invite({ onlyFirst: true, email: 'other@localhost' })).toEqual({ kind: 'has-operator' });
    const tenant = await test.createTenant();
    expect(await invite({ email: tenant.email })).toEqual({ kind: 'address-taken' });
    expect(await invite()).toMatchObject({ kind: 'invited', purpose: 'reset' });
    const ended = await callApi(test, { method: 'GET', path: '/v1/session' }, { cookie: full });
    expect(ended.status).toBe(401);
  });

  it('does not exist without its record', async () => {
    test.intake.isAway = true;
    await expect(invite({ email: 'nobody@localhost' })).rejects.toMatchObject({ code: 'audit-trail-unavailable' });
    test.intake.isAway = false;
  });
});
