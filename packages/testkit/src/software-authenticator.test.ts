import { checkNewPasskey, checkPasskey, passkeyCreationOptions, passkeyRequestOptions } from '@akashi/identity';
import { expect, it } from 'vitest';
import { createSoftwareAuthenticator, type Behaviour } from './software-authenticator.ts';

const site = { origin: 'https://logs.example.jp' };
const person = { id: 'b2f7', email: 'a@example.jp', displayName: '佐藤 花子', existing: [] };

async function registered() {
  const authenticator = createSoftwareAuthenticator(site.origin);
  const options = await passkeyCreationOptions(site, person);
  const passkey = await checkNewPasskey(site, authenticator.create(options), options.challenge);
  if (passkey === null) throw new Error('an honest authenticator was refused');
  const use = async (behaviour?: Behaviour) => {
    const request = await passkeyRequestOptions(site, [passkey]);
    const answer = authenticator.get(request, behaviour);
    return checkPasskey(site, answer, { challenge: request.challenge, passkey });
  };
  return { use, passkey };
}

it('is taken as a passkey and proves it', async () => {
  const { use, passkey } = await registered();
  expect(passkey).toMatchObject({ signCount: 1, transports: ['internal'] });
  expect(await use()).toBe(2);
});

it.each<[string, Behaviour]>([
  ['another site', { origin: 'https://logs.example.jp.evil.example' }],
  ['a person who was not verified', { userVerified: false }],
  ['a sign count that fell', { signCount: 0 }],
  ['a sign count that stood still', { signCount: 1 }],
  ['another challenge', { challenge: 'AAAA' }],
])('is refused with %s', async (_what, behaviour) => {
  const { use } = await registered();
  expect(await use(behaviour)).toBeNull();
});

it('is not registered for another site, without the person verified, or twice with one challenge', async () => {
  for (const behaviour of [{ origin: 'https://evil.example' }, { userVerified: false }, { challenge: 'AAAA' }]) {
    const options = await passkeyCreationOptions(site, person);
    const answer = createSoftwareAuthenticator(site.origin).create(options, behaviour);
    expect(await checkNewPasskey(site, answer, options.challenge)).toBeNull();
  }
});
