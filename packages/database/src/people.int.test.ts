import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './tenant-database.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('tests skipped: DATABASE_URL names no PostgreSQL server\n');

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const soon = (): Date => new Date(Date.now() + 60_000);

describe.runIf(serverUrl !== undefined)('people', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  const newTenant = async (slug: string): Promise<TenantDatabase> => {
    const names = { nameJa: slug, nameEn: slug, timeZone: 'Asia/Tokyo', language: 'ja' };
    return test.database.forTenant((await test.database.platform.createTenant({ slug, ...names })).id);
  };
  const newUser = async (tenant = own): Promise<string> => {
    const email = `${randomUUID()}@example.jp`;
    const user = { email, displayName: '佐藤', role: 'viewer', language: 'ja', passwordHash: 'first' };
    const id = await tenant.users.create(user);
    if (id === null) throw new Error('no user');
    return id;
  };

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    [own, other] = [await newTenant('one'), await newTenant('two')];
  });
  afterAll(() => test.drop());

  it('counts tries one after the other, however many come at once', async () => {
    const subject = sha256('a@example.jp');
    const { signInFailures } = test.database.platform;
    const seen: number[] = [];
    await Promise.all(
      Array.from({ length: 12 }, () =>
        signInFailures.change(subject, (stored, nowMs) => {
          seen.push(stored?.failures ?? 0);
          return { failures: (stored?.failures ?? 0) + 1, firstAtMs: nowMs, lastAtMs: nowMs };
        }),
      ),
    );
    expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
    await signInFailures.change(subject, () => null);
    await signInFailures.change(subject, (stored) => {
      expect(stored).toBeNull();
      return 'keep';
    });
  });

  it('lets a time step be used once, also when it is tried ten times at the same moment', async () => {
    const userId = await newUser();
    const id = randomUUID();
    await own.factors.begin(userId, { id, name: 'phone', sealedSecret: randomBytes(40) });
    expect(await own.factors.useStep(userId, id, 100)).toBe(false);
    expect(await own.factors.confirm(userId, id, 100)).toBe(true);
    expect(await own.factors.confirm(userId, id, 101)).toBe(false);
    expect(await own.factors.useStep(userId, id, 100)).toBe(false);
    const tries = await Promise.all(Array.from({ length: 10 }, () => own.factors.useStep(userId, id, 101)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await own.factors.useStep(userId, id, 99)).toBe(false);
  });

  it('uses a recovery code once and refuses a sign count that does not rise', async () => {
    const userId = await newUser();
    await own.factors.replaceRecoveryCodes(userId, [sha256('one'), sha256('two')]);
    const tries = await Promise.all(
      Array.from({ length: 5 }, () => own.factors.useRecoveryCode(userId, sha256('one'))),
    );
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await own.factors.countRecoveryCodes(userId)).toBe(1);
    await own.factors.replaceRecoveryCodes(userId, [sha256('three')]);
    expect(await own.factors.useRecoveryCode(userId, sha256('two'))).toBe(false);
    const key = { name: 'key', publicKey: randomBytes(77), transports: ['usb'] };
    const credentialId = randomBytes(32);
    const id = (await own.factors.addPasskey(userId, { ...key, credentialId, signCount: 4 })) ?? '';
    expect(await own.factors.addPasskey(userId, { ...key, credentialId, signCount: 4 })).toBeNull();
    expect(await own.factors.usePasskey(userId, id, 4)).toBe(false);
    expect(await own.factors.usePasskey(userId, id, 5)).toBe(true);
  });

  it('never removes the last factor, also when two are removed at once', async () => {
    const userId = await newUser();
    const add = async () => {
      const passkey = { name: 'key', credentialId: randomBytes(32), publicKey: randomBytes(77) };
      return (await own.factors.addPasskey(userId, { ...passkey, signCount: 0, transports: [] })) ?? '';
    };
    const ids = [await add(), await add()];
    const removed = await Promise.all(ids.map((id) => own.factors.remove(userId, id)));
    expect(removed.toSorted()).toEqual(['last', 'removed']);
    expect(await other.factors.remove(userId, ids[0] ?? '')).toBe('missing');
  });

  it('takes an invitation up once, and tells an address that became another’s', async () => {
    const token = sha256('invitation');
    const invitation = {
      purpose: 'invite' as const,
      email: 'new@example.jp',
      displayName: '新人',
      role: 'viewer',
      language: 'ja',
      groupIds: [],
      accessUntil: null,
      tokenSha256: token,
      createdBy: null,
      expiresAt: soon(),
    };
    await own.invitations.create(invitation);
    expect(await test.database.platform.findInvitation(token)).toMatchObject({ tenantId: own.tenantId });
    expect(await other.invitations.accept(token, 'hash')).toEqual({ kind: 'gone' });
    const tries = await Promise.all(Array.from({ length: 4 }, () => own.invitations.accept(token, 'hash')));
    expect(tries.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'gone', 'gone', 'gone']);
    expect(await test.database.platform.findInvitation(token)).toBeNull();
    const second = sha256('second');
    await other.invitations.create({ ...invitation, tokenSha256: second });
    expect(await other.invitations.accept(second, 'hash')).toEqual({ kind: 'address-taken' });
  });

  it('a reset that is taken up takes the factors, codes and sessions with it and keeps the former password', async () => {
    const userId = await newUser();
    const email = (await own.users.find(userId))?.email ?? '';
    await own.factors.replaceRecoveryCodes(userId, [sha256('code')]);
    const passkey = { name: 'key', credentialId: randomBytes(32), publicKey: randomBytes(77), signCount: 0 };
    await own.factors.addPasskey(userId, { ...passkey, transports: [] });
    const token = sha256('reset');
    await own.invitations.create({
      purpose: 'reset',
      email,
      displayName: '佐藤',
      role: 'viewer',
      language: 'ja',
      groupIds: [],
      accessUntil: null,
      tokenSha256: token,
      createdBy: null,
      expiresAt: soon(),
    });
    expect(await own.invitations.accept(token, 'second')).toEqual({ kind: 'accepted', userId });
    expect(await own.factors.list(userId)).toEqual([]);
    expect(await own.factors.countRecoveryCodes(userId)).toBe(0);
    expect(await own.users.lastPasswordHashes(userId, 4)).toEqual(['second', 'first']);
    expect(await own.users.find(userId)).toMatchObject({ hasPassword: true });
  });

  it('moves a session on under a new token, once', async () => {
    const userId = await newUser();
    const { sessions } = test.database.platform;
    const [before, after] = [sha256('before'), sha256('after')];
    const sessionId = await sessions.create({
      tenantId: own.tenantId,
      userId,
      tokenSha256: before,
      expiresAt: soon(),
      stage: 'second-factor',
      methods: ['password'],
    });
    const step = {
      sessionId,
      from: { tokenSha256: before, stage: 'second-factor' as const },
      to: { tokenSha256: after, stage: 'full' as const, expiresAt: soon() },
      method: 'totp',
    };
    const taken = await Promise.all([sessions.advance(step), sessions.advance(step)]);
    expect(taken.filter(Boolean)).toHaveLength(1);
    const lookup = { idleMs: 900_000, active: true };
    expect(await sessions.find({ ...lookup, tokenSha256: before })).toBeNull();
    expect(await sessions.find({ ...lookup, tokenSha256: after })).toMatchObject({
      stage: 'full',
      methods: ['password', 'totp'],
    });
    await sessions.putChallenge(sessionId, Buffer.from('challenge'));
    const challenges = await Promise.all([sessions.takeChallenge(sessionId), sessions.takeChallenge(sessionId)]);
    expect(challenges.filter((each) => each !== null)).toHaveLength(1);
  });

  it('keeps to the organisation’s own idle limit where it is stricter, and never to a weaker one', async () => {
    const userId = await newUser();
    const tokenSha256 = sha256('idle');
    const { sessions } = test.database.platform;
    const session = { tenantId: own.tenantId, userId, tokenSha256, expiresAt: soon() };
    await sessions.create({ ...session, stage: 'full', methods: [] });
    const find = () => sessions.find({ tokenSha256, idleMs: 900_000, active: false });
    await test.outside.query(
      `UPDATE session SET last_active_at = now() - interval '6 minutes' WHERE token_sha256 = $1`,
      [tokenSha256],
    );
    expect(await find()).not.toBeNull();
    await test.outside.query(`UPDATE tenant SET security = '{"idleMinutes": 5}' WHERE id = $1`, [own.tenantId]);
    expect(await find()).toBeNull();
    await test.outside.query(`UPDATE tenant SET security = '{"idleMinutes": 600}' WHERE id = $1`, [own.tenantId]);
    expect(await find()).not.toBeNull();
    await test.outside.query(
      `UPDATE session SET last_active_at = now() - interval '16 minutes' WHERE token_sha256 = $1`,
      [tokenSha256],
    );
    expect(await find()).toBeNull();
  });

  it('ends sessions and keys with the account', async () => {
    const userId = await newUser();
    const tokenSha256 = sha256('leaver');
    const session = { tenantId: own.tenantId, userId, tokenSha256, expiresAt: soon() };
    await test.database.platform.sessions.create({ ...session, stage: 'full', methods: [] });
    const key = { kind: 'api', name: 'of the leaver', sha256: sha256('key'), logGroups: ['*'] } as const;
    await own.accessKeys.put({ ...key, responsibleId: userId });
    expect(await other.users.disable(userId, 'left')).toBeNull();
    const ended = await own.users.disable(userId, 'left');
    expect(ended).toMatchObject({ sessions: 1, keys: [{ kind: 'api', name: 'of the leaver' }] });
    expect(await own.users.disable(userId, 'left')).toBeNull();
    expect(await test.database.platform.findApiKey(sha256('key'))).toBeNull();
    expect(await test.database.platform.sessions.find({ tokenSha256, idleMs: 900_000, active: false })).toBeNull();
    expect([await own.users.enable(userId), await own.users.enable(userId)]).toEqual([true, false]);
  });

  it('ends each secret of a key with the person who is responsible for it', async () => {
    const [first, second] = [await newUser(), await newUser()];
    const { accessKeys } = own;
    const names = ['api', 'ingest'] as const;
    for (const kind of names) {
      const key = { kind, name: 'shared', sha256: sha256(`${kind} of the first`), logGroups: ['*'] };
      const id = await accessKeys.put({ ...key, responsibleId: first });
      const rotation = { sha256: sha256(`${kind} of the second`), formerEndsAt: soon(), expiresAt: null };
      expect(await accessKeys.rotate(id, { ...rotation, responsibleId: second }, async () => {})).toBe(true);
      expect(await accessKeys.find(id)).toMatchObject({ responsible: { id: second, isActive: true } });
    }
    const find = async (whose: string) =>
      (await test.database.platform.findApiKey(sha256(`api of the ${whose}`)))?.responsible;
    const sends = async (whose: string) => {
      const { keys } = await test.database.platform.loadSenders();
      return keys.some(({ sha256: known }) => known.equals(sha256(`ingest of the ${whose}`)));
    };
    expect([await find('first'), await find('second')]).toMatchObject([{ id: first }, { id: second }]);
    expect([await sends('first'), await sends('second')]).toEqual([true, true]);
    await own.users.change(second, { accessUntil: new Date(Date.now() - 1000) });
    expect([(await find('first'))?.id, await find('second')]).toEqual([first, null]);
    expect([await sends('first'), await sends('second')]).toEqual([true, false]);
    await own.users.change(second, { accessUntil: null });
    expect((await own.users.disable(first, 'left'))?.keys).toEqual([]);
    expect([await find('first'), (await find('second'))?.id]).toEqual([undefined, second]);
    expect([await sends('first'), await sends('second')]).toEqual([false, true]);
    expect((await own.users.disable(second, 'left'))?.keys).toHaveLength(2);
    expect([await find('second'), await sends('second')]).toEqual([undefined, false]);
    await accessKeys.put({
      kind: 'api',
      name: 'shared',
      sha256: sha256('again'),
      logGroups: ['*'],
      responsibleId: first,
    });
    expect(await test.database.platform.findApiKey(sha256('again'))).toBeNull();
  });
});
