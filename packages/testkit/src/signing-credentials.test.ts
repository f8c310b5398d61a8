import { createHash } from 'node:crypto';
import {
  challengeOf,
  checkNewPasskey,
  checkNewSigningKey,
  checkPasskey,
  checkSigningAssertion,
  signingCreationOptions,
  signingRequestOptions,
} from '@akashi/identity';
import { describe, expect, test } from 'vitest';
import { createSoftwareAuthenticator } from './software-authenticator.ts';

const origin = 'https://logs.example.jp';
const site = { origin, rpId: 'example.jp' };
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
const challenge = hash('statement');
const person = { id: 'p1', email: 'sato@example.jp', displayName: '佐藤' };

describe('a signing credential', () => {
  const ask = () => signingCreationOptions(site, { person, challenge, apart: [hash('sign-in')] });
  const enrol = async () => {
    const authenticator = createSoftwareAuthenticator(origin);
    const made = authenticator.create({ challenge: ask().challenge, rp: { id: site.rpId } });
    const key = await checkNewSigningKey(site, made, challenge);
    if (key === null) throw new Error('not enrolled');
    return { authenticator, key };
  };

  test('is asked for apart from those that sign in, with the person verified, in two algorithms', () => {
    expect(ask()).toMatchObject({
      challenge: challenge.toString('base64url'),
      rp: { id: 'example.jp' },
      user: { id: Buffer.from('sign:p1').toString('base64url') },
      pubKeyCredParams: [{ alg: -8 }, { alg: -7 }],
      excludeCredentials: [{ id: hash('sign-in').toString('base64url') }],
      authenticatorSelection: { userVerification: 'required' },
      attestation: 'none',
    });
  });

  test('signs the challenge, whatever its sign count says', async () => {
    const { authenticator, key } = await enrol();
    expect(key).toMatchObject({ algorithm: -7, isBackupEligible: false, isBackedUp: false });
    for (const signCount of [9, 9, 0]) {
      const options = signingRequestOptions(site, challenge, [key]);
      const answer = authenticator.get({ challenge: options.challenge, rpId: site.rpId }, { signCount });
      expect(challengeOf(answer)).toEqual(challenge);
      expect(await checkSigningAssertion(site, answer, { challenge, credential: key })).toMatchObject({ signCount });
    }
  });

  test.each([
    ['another challenge', { challenge: hash('other').toString('base64url') }],
    ['another site', { origin: 'https://evil.example' }],
    ['nobody verified', { userVerified: false }],
    ['another site’s frame around it', { crossOrigin: true }],
  ])('neither enrols nor signs with %s', async (_, behaviour) => {
    const { authenticator, key } = await enrol();
    const asked = { challenge: challenge.toString('base64url'), rp: { id: site.rpId }, rpId: site.rpId };
    expect(await checkNewSigningKey(site, authenticator.create(asked, behaviour), challenge)).toBeNull();
    const answer = authenticator.get(asked, behaviour);
    expect(await checkSigningAssertion(site, answer, { challenge, credential: key })).toBeNull();
  });

  test('tells whether it can be on several devices', async () => {
    const authenticator = createSoftwareAuthenticator(origin);
    const asked = { challenge: challenge.toString('base64url'), rp: { id: site.rpId }, rpId: site.rpId };
    const key = await checkNewSigningKey(site, authenticator.create(asked, { isSynced: true }), challenge);
    expect(key).toMatchObject({ isBackupEligible: true, isBackedUp: true });
    if (key === null) return;
    const answer = authenticator.get(asked, { isSynced: true });
    expect(await checkSigningAssertion(site, answer, { challenge, credential: key })).toMatchObject({
      isBackupEligible: true,
    });
  });

  test('signs for its own RP id only: a sign-in is no signature, and a signature no sign-in', async () => {
    const { authenticator, key } = await enrol();
    const text = challenge.toString('base64url');
    const signIn = authenticator.get({ challenge: text, rpId: 'logs.example.jp' });
    expect(await checkSigningAssertion(site, signIn, { challenge, credential: key })).toBeNull();
    const signature = authenticator.get({ challenge: text, rpId: site.rpId });
    const passkey = { ...key, signCount: 0 };
    expect(await checkPasskey({ origin }, signature, { challenge: text, passkey })).toBeNull();
    expect(
      await checkNewPasskey({ origin }, authenticator.create({ challenge: text, rp: { id: site.rpId } }), text),
    ).toBeNull();
  });

  test('answers without a readable challenge are to none', () => {
    const answer = { id: 'x', rawId: 'x', type: 'public-key', response: { clientDataJSON: 'e30' } };
    expect(challengeOf(answer)).toBeNull();
    expect(challengeOf({ ...answer, response: {} })).toBeNull();
  });
});
