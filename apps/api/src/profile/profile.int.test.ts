import { createHash } from 'node:crypto';
import { factorsAnswer, ownSessionsAnswer, profile, recoveryCodes, session, totpEnrolment } from '@akashi/contracts';
import { createCodeDispenser } from '@akashi/identity';
import { createSoftwareAuthenticator } from '@akashi/testkit';
import { describe, expect, it } from 'vitest';
import {
  call,
  forgetStepUp,
  hasServers,
  postTo,
  refusal,
  signIn,
  tenant,
  test,
  useAccounts,
} from '../accounts.fixtures.ts';
import { testWebUrl } from '../api.fixtures.ts';
import { cookieOf } from '../test-people.fixtures.ts';

describe.runIf(hasServers)('one’s own account (PCI DSS 8)', () => {
  useAccounts();

  it('changes one’s own password with the old one and a fresh second factor, and ends the other sessions', async () => {
    const person = await tenant.addPerson();
    const elsewhere = await person.signIn();
    const cookie = await person.signIn();
    const change = (oldPassword: string, newPassword: string) =>
      postTo('/v1/profile/password', cookie, { oldPassword, newPassword });
    expect(await refusal(change('wrong', 'lantern orchard 58'))).toBe('401 sign-in-failed');
    expect(await refusal(change(person.password, person.password))).toBe('400 password-refused used-before');
    expect((await change(person.password, 'lantern orchard 58')).status).toBe(204);
    expect((await call('/v1/session', { cookie: elsewhere })).status).toBe(401);
    const row = ['lantern orchard 58', 'quiet meadow 61', 'silver teapot 77', 'humming fjord 93'];
    for (const [at, next] of row.slice(1).entries()) expect((await change(row[at] ?? '', next)).status).toBe(204);
    expect(await refusal(change('humming fjord 93', 'lantern orchard 58'))).toBe('400 password-refused used-before');
    expect((await change('humming fjord 93', person.password)).status).toBe(204);
    await forgetStepUp();
    expect(await refusal(change(person.password, 'amber lighthouse 4'))).toBe('403 step-up-required');
    expect(profile.parse(await (await call('/v1/profile', { cookie })).json())).toMatchObject({ hasPassword: true });
  });

  it('adds a passkey, signs in with it, and refuses other sites, other sessions and copied authenticators', async () => {
    const person = await tenant.addPerson();
    const cookie = await person.signIn();
    const authenticator = createSoftwareAuthenticator(testWebUrl);
    const readOptions = async (path: string, as: string) =>
      (await (await postTo(path, as)).json()) as { challenge: string; rp: { id?: string }; rpId?: string };
    const options = await readOptions('/v1/profile/factors/passkey-options', cookie);
    const foreign = authenticator.create(options, { origin: 'https://evil.example' });
    expect(await refusal(postTo('/v1/profile/factors/passkey', cookie, { passkey: foreign }))).toBe(
      '403 second-factor-failed',
    );
    const honest = authenticator.create(options);
    // The first answer has used the challenge up.
    expect(await refusal(postTo('/v1/profile/factors/passkey', cookie, { passkey: honest }))).toBe(
      '403 second-factor-failed',
    );
    const fresh = await readOptions('/v1/profile/factors/passkey-options', cookie);
    const added = await postTo('/v1/profile/factors/passkey', cookie, {
      name: '社用PC',
      passkey: authenticator.create(fresh),
    });
    expect(added.status).toBe(201);
    expect(factorsAnswer.parse(await added.json()).items.map(({ kind }) => kind)).toEqual(['totp', 'passkey']);

    const pending = cookieOf(await signIn(person));
    const proofPath = '/v1/session/second-factor/passkey-options';
    const refused = async (behaviour: Parameters<typeof authenticator.get>[1]) => {
      const asked = await readOptions(proofPath, pending);
      return refusal(postTo('/v1/session/second-factor', pending, { passkey: authenticator.get(asked, behaviour) }));
    };
    expect(await refused({ userVerified: false })).toBe('403 second-factor-failed');
    expect(await refused({ origin: 'https://evil.example' })).toBe('403 second-factor-failed');
    expect(await refused({ signCount: 1 })).toBe('403 second-factor-failed');
    const asked = await readOptions(proofPath, pending);
    const answer = authenticator.get(asked, { signCount: 9 });
    const elsewhere = cookieOf(await signIn(person));
    expect(await refusal(postTo('/v1/session/second-factor', elsewhere, { passkey: answer }))).toBe(
      '403 second-factor-failed',
    );
    const proven = await postTo('/v1/session/second-factor', pending, { passkey: answer });
    expect(session.parse(await proven.json())).toMatchObject({ stage: 'full' });
    expect(await refusal(postTo('/v1/session/second-factor', elsewhere, { passkey: answer }))).toBe(
      '403 second-factor-failed',
    );
    const full = cookieOf(proven);
    const again = await readOptions('/v1/session/step-up/passkey-options', full);
    expect((await postTo('/v1/session/step-up', full, { passkey: authenticator.get(again) })).status).toBe(200);
  });

  it('changes factors after a step-up only, and never removes the last one (8.3.3)', async () => {
    const person = await tenant.addPerson();
    const cookie = await person.signIn();
    const listed = factorsAnswer.parse(await (await call('/v1/profile/factors', { cookie })).json());
    const first = listed.items[0]?.id ?? '';
    const remove = (id: string): Promise<Response> => call(`/v1/profile/factors/${id}`, { method: 'DELETE', cookie });
    expect(await refusal(remove(first))).toBe('409 factor-last');
    const begun = totpEnrolment.parse(
      await (await postTo('/v1/profile/factors/totp', cookie, { name: '二台目' })).json(),
    );
    expect(await refusal(remove(first))).toBe('409 factor-last');
    const code = await createCodeDispenser(begun.secret).next();
    const added = await postTo('/v1/profile/factors/totp/confirm', cookie, { id: begun.id, code });
    expect(factorsAnswer.parse(await added.json()).items).toHaveLength(2);
    expect((await remove(first)).status).toBe(204);
    expect(await refusal(remove(begun.id))).toBe('409 factor-last');
    const made = recoveryCodes.parse(await (await postTo('/v1/profile/recovery-codes', cookie)).json());
    expect(made.recoveryCodes).toHaveLength(10);
    await forgetStepUp();
    for (const path of ['factors/totp', 'factors/passkey-options', 'recovery-codes']) {
      expect(await refusal(postTo(`/v1/profile/${path}`, cookie)), path).toBe('403 step-up-required');
    }
    expect(await refusal(remove(begun.id))).toBe('403 step-up-required');
    expect((await postTo('/v1/session/step-up', cookie, { recoveryCode: made.recoveryCodes[3] })).status).toBe(200);
    expect((await postTo('/v1/profile/recovery-codes', cookie)).status).toBe(201);
  });

  it('names factors anew without a step-up: one’s own, on record', async () => {
    const person = await tenant.addPerson();
    const cookie = await person.signIn();
    const list = async (own: string) =>
      factorsAnswer.parse(await (await call('/v1/profile/factors', { cookie: own })).json()).items;
    const id = (await list(cookie))[0]?.id ?? '';
    const rename = (name: string, own = cookie): Promise<Response> =>
      call(`/v1/profile/factors/${id}`, { method: 'PATCH', cookie: own, body: { name } });
    await forgetStepUp();
    expect(await (await rename(' 青い鍵 ')).json()).toMatchObject({ id, name: '青い鍵' });
    expect(await list(cookie)).toMatchObject([{ id, name: '青い鍵' }]);
    expect(await refusal(rename('', cookie))).toBe('400 request-invalid');
    const theirs = await (await tenant.addPerson()).signIn();
    expect(await refusal(rename('mine', theirs))).toBe('404 not-found');
    expect(await list(cookie)).toMatchObject([{ name: '青い鍵' }]);
    const change = test.intake.acts.find(({ event }) => event.action === 'credential.factor-change');
    expect(change).toMatchObject({
      event: { outcome: 'success' },
      akashi: { audit: { target: { id, name: 'totp' } } },
    });
    expect(change?.akashi.audit.changes).toContain('青い鍵');
  });

  it('lists one’s sessions, and ends one or all others', async () => {
    const person = await tenant.addPerson();
    const cookies = [await person.signIn(), await person.signIn()];
    const [cookie = '', elsewhere = ''] = cookies;
    const list = async () =>
      ownSessionsAnswer.parse(await (await call('/v1/profile/sessions', { cookie })).json()).items;
    const sessions = await list();
    expect(sessions.filter(({ current }) => current)).toHaveLength(1);
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ methods: ['password', 'totp'], address: '127.0.0.1' });
    const theirs = await (await tenant.addPerson()).signIn();
    const target = sessions.find(({ current }) => !current)?.id ?? '';
    expect(await refusal(call(`/v1/profile/sessions/${target}`, { method: 'DELETE', cookie: theirs }))).toBe(
      '404 not-found',
    );
    expect((await call(`/v1/profile/sessions/${target}`, { method: 'DELETE', cookie })).status).toBe(204);
    expect((await call('/v1/session', { cookie: elsewhere })).status).toBe(401);
    await test.database.platform.sessions.create({
      tenantId: tenant.tenant.id,
      userId: person.id,
      tokenSha256: createHash('sha256').update('a third').digest(),
      expiresAt: new Date(Date.now() + 60_000),
      stage: 'full',
      methods: ['password', 'totp'],
    });
    expect(await (await call('/v1/profile/sessions', { method: 'DELETE', cookie })).json()).toEqual({ revoked: 1 });
    expect(await list()).toHaveLength(1);
  });
});
