import { createHash, createPublicKey, verify } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { passkeyOptions, signingCredentialsAnswer } from '@akashi/contracts';
import { canonicalBytes, parseCanonicalJson } from '@akashi/integrity';
import {
  enrolmentSha256,
  productSignedBytes,
  signingChallenge,
  type CodeSignature,
  type CredentialEnding,
  type Enrolment,
  type SignatureEnvelope,
} from '@akashi/report/record';
import { createAccessScope } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { createSoftwareAuthenticator, type SoftwareAuthenticator } from '@akashi/testkit';
import { inFolder, verifyArchive } from '@akashi/verify';
import { describe, expect, it } from 'vitest';
import { call, forgetStepUp, hasServers, postTo, refusal, tenant, test, useAccounts } from '../accounts.fixtures.ts';
import { testWebUrl, type ApiTenant } from '../api.fixtures.ts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import type { TestPerson } from '../test-people.fixtures.ts';
import { sealDocuments } from './review-lines.ts';
import { SignaturesService, type SignedReview } from './signatures.service.ts';

interface SealedReviewLine {
  event: { id: string; action: string };
  akashi: { review: Record<string, string | number> };
}

const own = '/v1/profile/signing-credentials';

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The service as the reviews call it, for the person of a session. */
async function serviceFor(cookie: string) {
  const token = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));
  const tokenSha256 = createHash('sha256').update(token).digest();
  const session = await test.database.platform.sessions.find({ tokenSha256, idleMs: 60_000, active: false });
  if (session === null) throw new Error('no session');
  const context: RequestContext = {
    tenantId: session.tenantId,
    timeZone: session.timeZone,
    actor: { kind: 'user', id: session.userId, name: session.displayName, email: session.email, role: session.role },
    scope: createAccessScope([]),
    requestId: 'test',
    language: 'ja',
    address: '127.0.0.1',
  };
  return { service: test.api.app.get(SignaturesService), session, context };
}

/** Documents of one kind, as they were sent to be sealed. */
const documents = <T>(kind: string): T[] =>
  test.intake.lines
    .filter(({ tenantId, logGroup }) => tenantId === tenant.tenant.id && logGroup === 'akashi/reviews')
    .map(({ line }) => JSON.parse(line) as SealedReviewLine)
    .filter(({ akashi }) => akashi.review['document'] === kind)
    .map(({ akashi: { review } }) => {
      const bytes = inflateRawSync(Buffer.from(String(review['body']), 'base64url'));
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(review['sha256']);
      return parseCanonicalJson(bytes) as T;
    });

/** As the reviews seal what was signed. */
const sealSigned = ({ tenant: { id } }: ApiTenant, { row, lines }: SignedReview): Promise<void> => {
  const { ownLogs } = test.api.app.get<ApiParts>(apiParts);
  return sealDocuments(ownLogs, { tenantId: id }, { lines, idempotencyKey: row.lineId });
};

const keep = (signed: SignedReview): Promise<void> =>
  tenant.database.reviewSignatures.add(signed.row, () => sealSigned(tenant, signed));

/** What the worker does a minute later. */
const sealLines = (): Promise<unknown> =>
  tenant.seal(
    'akashi/reviews',
    test.intake.lines
      .splice(0)
      .filter(({ tenantId }) => tenantId === tenant.tenant.id)
      .map(({ line }) => line),
  );

async function enrol(
  cookie: string,
  synced = false,
): Promise<{ authenticator: SoftwareAuthenticator; answer: Response }> {
  const authenticator = createSoftwareAuthenticator(testWebUrl);
  const options = passkeyOptions.parse(await (await postTo(`${own}/options`, cookie)).json());
  const passkey = authenticator.create(options as unknown as { challenge: string; rp: { id?: string } }, {
    isSynced: synced,
  });
  return { authenticator, answer: await postTo(own, cookie, { name: '署名', passkey }) };
}

const states = async (cookie: string): Promise<string[]> =>
  signingCredentialsAnswer.parse(await (await call(own, { cookie })).json()).items.map(({ state }) => state);

describe.runIf(hasServers)('signing credentials', () => {
  useAccounts();

  async function signedIn(): Promise<{ person: TestPerson; cookie: string }> {
    const person = await tenant.addPerson();
    return { person, cookie: await person.signIn() };
  }

  it('are enrolled once, sealed before they sign, and their end is sealed too', async () => {
    const { person, cookie } = await signedIn();
    const { answer } = await enrol(cookie);
    expect(answer.status).toBe(201);
    const { items } = signingCredentialsAnswer.parse(await answer.json());
    expect(items).toMatchObject([{ name: '署名', state: 'sealing', isSynced: false, endedAt: null }]);
    const [enrolment] = documents<Enrolment>('credential');
    expect(enrolment).toMatchObject({
      format: 'akashi signing credential v1',
      id: items[0]?.id,
      origin: testWebUrl,
      algorithm: -7,
      isBackupEligible: false,
      statement: { tenant: tenant.tenant.id, person: { email: person.email }, rpId: 'localhost' },
      vouchedWith: { methods: ['password', 'totp'] },
    });
    await sealLines();
    expect(await states(cookie)).toEqual(['usable']);
    const ended = await call(`${own}/${items[0]?.id}`, { method: 'DELETE', cookie });
    expect(ended.status).toBe(204);
    expect(documents<CredentialEnding>('credential-end')).toMatchObject([
      { enrolmentSha256: enrolment && enrolmentSha256(enrolment), by: { email: person.email } },
    ]);
    expect(await states(cookie)).toEqual(['ended']);
    expect(await refusal(call(`${own}/${items[0]?.id}`, { method: 'DELETE', cookie }))).toBe('404 not-found');
    const acts = test.intake.acts.filter(({ user }) => user.email === person.email).map(({ event }) => event.action);
    expect(acts).toEqual(
      expect.arrayContaining(['credential.signing-enrol', 'credential.signing-add', 'credential.signing-end']),
    );
  });

  it('are nobody’s second factor, and a second factor is none of them', async () => {
    const { cookie } = await signedIn();
    const authenticator = createSoftwareAuthenticator(testWebUrl);
    const read = async (path: string) =>
      (await (await postTo(path, cookie)).json()) as { challenge: string; rp: { id?: string } };
    const factor = authenticator.create(await read('/v1/profile/factors/passkey-options'));
    expect((await postTo('/v1/profile/factors/passkey', cookie, { passkey: factor })).status).toBe(201);
    const asSigning = authenticator.create(await read(`${own}/options`));
    expect(await refusal(postTo(own, cookie, { passkey: asSigning }))).toBe('409 conflict credential-taken');
    const { authenticator: signing, answer } = await enrol(cookie);
    expect(answer.status).toBe(201);
    const asFactor = signing.create(await read('/v1/profile/factors/passkey-options'));
    expect(await refusal(postTo('/v1/profile/factors/passkey', cookie, { passkey: asFactor }))).toMatch(/^4/);
    // The challenge of one ceremony is no answer to the other.
    const crossed = createSoftwareAuthenticator(testWebUrl).create(await read('/v1/profile/factors/passkey-options'));
    expect(await refusal(postTo(own, cookie, { passkey: crossed }))).toBe('403 signature-refused answer');
  });

  it('need a fresh second factor, the right site, and the same person', async () => {
    const { cookie } = await signedIn();
    const options = (await (await postTo(`${own}/options`, cookie)).json()) as {
      challenge: string;
      rp: { id?: string };
    };
    const elsewhere = await signedIn();
    const made = createSoftwareAuthenticator(testWebUrl).create(options);
    expect(await refusal(postTo(own, elsewhere.cookie, { passkey: made }))).toBe('403 signature-refused answer');
    const evil = createSoftwareAuthenticator(testWebUrl).create(options, { origin: 'https://evil.example' });
    expect(await refusal(postTo(own, cookie, { passkey: evil }))).toBe('403 signature-refused answer');
    // The first answer has used the challenge up.
    expect(await refusal(postTo(own, cookie, { passkey: made }))).toBe('403 signature-refused answer');
    await forgetStepUp();
    expect(await refusal(postTo(`${own}/options`, cookie))).toBe('403 step-up-required');
    expect(await refusal(postTo(own, cookie, { passkey: made }))).toBe('403 step-up-required');
  });

  it('must be bound to one device where the organisation demands it, those enrolled before included', async () => {
    const { cookie } = await signedIn();
    expect((await enrol(cookie, true)).answer.status).toBe(201);
    const settings = await tenant.database.reviewSettings.get();
    const put = (mustBeDeviceBound: boolean) =>
      tenant.database.reviewSettings.put({ ...settings, mustBeDeviceBound }, new Date(), () => Promise.resolve());
    await put(true);
    try {
      expect(await states(cookie)).toEqual(['refused']);
      expect(await refusal(enrol(cookie, true).then(({ answer }) => answer))).toBe(
        '403 signature-refused device-bound',
      );
      expect((await enrol(cookie)).answer.status).toBe(201);
    } finally {
      await put(false);
    }
  });

  it('are not kept when their enrolment cannot be sealed', async () => {
    const { cookie } = await signedIn();
    const authenticator = createSoftwareAuthenticator(testWebUrl);
    const options = (await (await postTo(`${own}/options`, cookie)).json()) as {
      challenge: string;
      rp: { id?: string };
    };
    test.intake.isAway = true;
    try {
      const refused = await postTo(own, cookie, { passkey: authenticator.create(options) });
      expect(refused.status).toBe(503);
    } finally {
      test.intake.isAway = false;
    }
    expect(await states(cookie)).toEqual([]);
  });
});

describe.runIf(hasServers)('signatures', () => {
  useAccounts();

  const record = Buffer.from('{"day":"2026-11-29","format":"akashi review record v1"}');
  const asked = { day: '2026-11-29', revision: 1, action: 'reviewed', record } as const;

  const sealed = (): SignatureEnvelope | undefined => documents<SignatureEnvelope>('signature').at(-1);

  it('by code are the organisation’s key’s, and say so', async () => {
    const person = await tenant.addPerson();
    const { service, context, session } = await serviceFor(await person.signIn());
    expect(await service.prepare(context, asked)).toEqual({ recordSha256: sha256(record), passkey: null });
    const signed = await service.sign(context, session, asked);
    await keep(signed);
    const envelope = sealed() as CodeSignature;
    expect(envelope).toEqual(signed.envelope);
    expect(envelope).toMatchObject({ method: 'code', stepUp: { methods: ['password', 'totp'] } });
    const verifierKey = test.keyring.forTenant(context.tenantId).verifierKey();
    expect(verifierKey.startsWith(`${envelope.key}+`)).toBe(true);
    const key = createPublicKey(test.keyring.forTenant(context.tenantId).signingKey());
    const signature = Buffer.from(envelope.signature, 'base64url');
    expect(verify(null, productSignedBytes(envelope), key, signature)).toBe(true);
    expect(documents('record')).toEqual([parseCanonicalJson(record)]);
    const shown = { action: 'reviewed', method: 'code', isSynced: null, recordSha256: sha256(record), sealedAs: null };
    expect(await service.list(context, '2026-11-29')).toMatchObject([shown]);
    await sealLines();
    expect(await service.list(context, '2026-11-29')).toMatchObject([{ ...shown, sealedAs: expect.any(String) }]);
    expect(await service.list(context, '2026-11-28')).toEqual([]);
    await expect(service.sign(context, { ...session, steppedUpAt: null }, asked)).rejects.toMatchObject({
      code: 'step-up-required',
    });
  });

  it('by passkey are the person’s own: once, of what they were asked, by a sealed credential that has not ended', async () => {
    const person = await tenant.addPerson();
    const cookie = await person.signIn();
    const { authenticator } = await enrol(cookie);
    const { service, context, session } = await serviceFor(cookie);
    expect((await service.prepare(context, asked)).passkey).toBeNull();
    await sealLines();
    const ask = async () =>
      (await service.prepare(context, asked)).passkey as unknown as { challenge: string; rpId: string };
    const options = await ask();
    const passkey = authenticator.get(options);
    const other = { ...asked, record: Buffer.from('{"day":"2026-11-29"}') };
    const refusalOf = (signing: Promise<unknown>) =>
      signing.then(
        () => 'signed',
        (error: unknown) => (error instanceof AppError ? `${error.code} ${error.details.reason}` : String(error)),
      );
    expect(await refusalOf(service.sign(context, session, { ...other, passkey }))).toBe('conflict review-changed');
    expect(await refusalOf(service.sign(context, session, { ...asked, passkey }))).toBe('signature-refused answer');
    for (const change of [{ comment: 'x' }, { action: 'approved' as const }, { day: '2026-11-28' }, { revision: 2 }]) {
      const answer = authenticator.get(await ask());
      expect(await refusalOf(service.sign(context, session, { ...asked, ...change, passkey: answer }))).toBe(
        'conflict review-changed',
      );
    }
    for (const behaviour of [{ userVerified: false }, { origin: 'https://evil.example' }, { crossOrigin: true }]) {
      const answer = authenticator.get(await ask(), behaviour);
      expect(await refusalOf(service.sign(context, session, { ...asked, passkey: answer }))).toBe(
        'signature-refused answer',
      );
    }
    const stranger = createSoftwareAuthenticator(testWebUrl).get(await ask());
    expect(await refusalOf(service.sign(context, session, { ...asked, passkey: stranger }))).toBe(
      'signature-refused answer',
    );
    const signed = await service.sign(context, session, { ...asked, passkey: authenticator.get(await ask()) });
    await keep(signed);
    const envelope = sealed();
    expect(envelope).toEqual(signed.envelope);
    if (envelope?.method !== 'passkey') throw new Error('not signed by passkey');
    const client = JSON.parse(Buffer.from(envelope.clientDataJSON, 'base64url').toString()) as { challenge: string };
    expect(client.challenge).toBe(Buffer.from(signingChallenge(envelope.statement)).toString('base64url'));
    expect(signed.row).toMatchObject({ method: 'passkey', isSynced: false, signerId: person.id });
    const { items } = signingCredentialsAnswer.parse(await (await call(own, { cookie })).json());
    expect(items).toMatchObject([{ lastUsedAt: expect.any(String) }]);
    const late = authenticator.get(await ask());
    expect((await call(`${own}/${items[0]?.id}`, { method: 'DELETE', cookie })).status).toBe(204);
    expect(await refusalOf(service.sign(context, session, { ...asked, passkey: late }))).toBe(
      'signature-refused answer',
    );
    expect((await service.prepare(context, asked)).passkey).toBeNull();
  });

  it('are proven offline, as the API has them sealed', async () => {
    const own = await test.createTenant();
    const [one, two] = [await own.addPerson(), await own.addPerson({ displayName: '鈴木 一郎' })];
    const seal = () =>
      own.seal(
        'akashi/reviews',
        test.intake.lines.splice(0).map(({ line }) => line),
      );
    test.intake.lines.splice(0);
    const cookie = await one.signIn();
    const { authenticator } = await enrol(cookie);
    await seal();
    const reviewing = await serviceFor(cookie);
    const person = { id: one.id, name: '佐藤 花子', email: one.email };
    const period = { from: '2026-11-28T15:00:00.000Z', to: '2026-11-29T15:00:00.000Z' };
    const reviewed = { day: '2026-11-29', revision: 1, reviewer: person, period, items: [], reference: [] };
    const named = { format: 'akashi review record v1', tenant: { id: own.tenant.id, name: 'x' } };
    const bytes = canonicalBytes({ ...named, ...reviewed });
    const asked = { day: '2026-11-29', revision: 1, record: bytes };
    const submit = { ...asked, action: 'reviewed' } as const;
    const options = await reviewing.service.prepare(reviewing.context, submit);
    const passkey = authenticator.get(options.passkey as unknown as { challenge: string; rpId: string });
    await sealSigned(own, await reviewing.service.sign(reviewing.context, reviewing.session, { ...submit, passkey }));
    const { service, context, session } = await serviceFor(await two.signIn());
    const approval = { ...asked, action: 'approved', comment: '承認します' } as const;
    await sealSigned(own, await service.sign(context, session, approval));
    await seal();
    const keys = test.keyring.forTenant(own.tenant.id);
    const { key, id } = keys.dataKey();
    const verify = (dataKeys: Map<string, Uint8Array>) =>
      verifyArchive({
        ...inFolder(test.archiveFolder(own.tenant.id)),
        tenantId: own.tenant.id,
        verifierKey: keys.verifierKey(),
        dataKeys,
        held: null,
      });
    const { findings, reviews } = await verify(new Map([[id, key]]));
    // The log of these tests has no kept checkpoints and takes several lines within one microsecond of its blocks.
    expect(findings.problems.filter(({ code }) => !['checkpoint-missing', 'time-backwards'].includes(code))).toEqual(
      [],
    );
    expect(reviews?.reviews).toMatchObject([
      {
        day: '2026-11-29',
        signatures: [
          { action: 'reviewed', method: 'passkey', signer: '佐藤 花子', isSynced: false, holds: true },
          { action: 'approved', method: 'code', signer: '鈴木 一郎', isSynced: null, holds: true },
        ],
      },
    ]);
  });

  it('of records too large for one line stand on several', async () => {
    const person = await tenant.addPerson();
    const { service, context, session } = await serviceFor(await person.signIn());
    const lines = Array.from({ length: 4_000 }, (_, index) => sha256(Buffer.from(String(index))));
    const large = Buffer.from(JSON.stringify({ lines }));
    test.intake.lines.splice(0);
    const signed = await service.sign(context, session, { ...asked, day: '2026-11-20', record: large });
    await sealSigned(tenant, signed);
    const sent = test.intake.lines.map(({ line }) => JSON.parse(line) as SealedReviewLine);
    expect(sent.map(({ akashi: { review } }) => [review['document'], review['piece'], review['pieces']])).toEqual([
      ['record', 1, 2],
      ['record', 2, 2],
      ['signature', 1, 1],
    ]);
    const body = sent.flatMap(({ akashi: { review } }) => (review['document'] === 'record' ? review['body'] : []));
    expect(inflateRawSync(Buffer.from(body.join(''), 'base64url'))).toEqual(large);
  });
});
