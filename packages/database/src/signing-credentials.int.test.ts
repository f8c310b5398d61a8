import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { NewSigningCredential } from './tenant/signing-credentials.ts';
import type { ReviewSignatureRow } from './tenant/review-signatures.ts';
import type { TenantDatabase } from './tenant-database.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const at = (minute: number): Date => new Date(1_800_000_000_000 + minute * 60_000);
const nothing = (): Promise<void> => Promise.resolve();
const failing = (): Promise<void> => Promise.reject(new Error('not sealed'));
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

const credential = (userId: string): NewSigningCredential => ({
  id: randomUUID(),
  userId,
  name: '鍵',
  credentialId: randomBytes(32),
  publicKey: Buffer.from('key'),
  transports: ['usb'],
  backupEligible: false,
  enrolment: Buffer.from('{"id":"4111111111111111"}'),
  enrolmentSha256: sha256('enrolment'),
  lineId: randomUUID(),
  signCount: 0,
  createdAt: at(0),
});

describe.runIf(serverUrl !== '')('what signs a log review record', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;
  const person = randomUUID();

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
    const create = (slug: string) =>
      test.database.platform.createTenant({
        slug,
        nameJa: '一',
        nameEn: 'One',
        timeZone: 'Asia/Tokyo',
        language: 'ja',
      });
    const [one, two] = [await create('one'), await create('two')];
    own = test.database.forTenant(one.id);
    other = test.database.forTenant(two.id);
  });
  afterAll(() => test.drop());

  it('is there once its enrolment was sealed, and not when that failed', async () => {
    const first = credential(person);
    await expect(own.signingCredentials.add(first, failing)).rejects.toThrow('not sealed');
    expect(await own.signingCredentials.list(person)).toEqual([]);
    expect(await own.signingCredentials.add(first, nothing)).toBe(true);
    const [row] = await own.signingCredentials.list(person);
    // Bytes are no text: what was sealed comes back to the bit.
    expect(Buffer.from(row?.enrolment ?? [])).toEqual(first.enrolment);
    expect(row).toMatchObject({ id: first.id, sealedAs: null, lastUsedAt: null, endedAt: null, signCount: 0 });
    expect(await other.signingCredentials.list(person)).toEqual([]);
  });

  it('belongs to one person, and is never one that signs people in', async () => {
    const mine = credential(person);
    expect(await own.signingCredentials.add(mine, nothing)).toBe(true);
    const again = { ...credential(randomUUID()), credentialId: mine.credentialId };
    expect(await own.signingCredentials.add(again, nothing)).toBe(false);
    expect(await other.signingCredentials.add(again, nothing)).toBe(false);
  });

  it('is sealed once, used, and ended once', async () => {
    const owner = randomUUID();
    const one = credential(owner);
    await own.signingCredentials.add(one, nothing);
    await own.signingCredentials.noteSealed(one.id, 'event.1');
    await own.signingCredentials.noteSealed(one.id, 'event.2');
    await own.signingCredentials.noteUse(one.id, { signCount: 7, at: at(1) });
    expect(await own.signingCredentials.list(owner)).toMatchObject([
      { sealedAs: 'event.1', signCount: 7, lastUsedAt: at(1), endedAt: null },
    ]);
    const end = (minute: number, beforeCommit = nothing) =>
      own.signingCredentials.end(owner, one.id, { at: at(minute), beforeCommit });
    await expect(end(2, failing)).rejects.toThrow('not sealed');
    expect(await own.signingCredentials.end(person, one.id, { at: at(2), beforeCommit: nothing })).toBe(false);
    expect(await end(3)).toBe(true);
    expect(await end(4)).toBe(false);
    expect(await own.signingCredentials.list(owner)).toMatchObject([{ endedAt: at(3) }]);
  });

  it('is asked once: a challenge is taken by its person, one time', async () => {
    const owner = randomUUID();
    const asked = { userId: owner, kind: 'signature', statement: Buffer.from('{}'), madeAt: at(0) } as const;
    const [old, fresh] = [sha256('old'), sha256('fresh')];
    await own.signingCredentials.ask({ ...asked, challenge: old }, at(-10));
    await own.signingCredentials.ask({ ...asked, challenge: fresh, madeAt: at(20) }, at(10));
    expect(await own.signingCredentials.take(owner, old)).toBeNull();
    expect(await own.signingCredentials.take(person, fresh)).toBeNull();
    expect(await other.signingCredentials.take(owner, fresh)).toBeNull();
    expect(await own.signingCredentials.take(owner, fresh)).toMatchObject({ kind: 'signature', madeAt: at(20) });
    expect(await own.signingCredentials.take(owner, fresh)).toBeNull();
  });

  it('leaves signatures that nothing changes any more', async () => {
    const signature: ReviewSignatureRow = {
      id: randomUUID(),
      day: '2026-11-29',
      revision: 1,
      action: 'reviewed',
      signerId: person,
      signedAt: at(5),
      method: 'code',
      isSynced: null,
      recordSha256: sha256('record'),
      envelope: Buffer.from('{}'),
      lineId: randomUUID(),
    };
    await expect(own.reviewSignatures.add(signature, failing)).rejects.toThrow('not sealed');
    await own.reviewSignatures.add(signature, nothing);
    const [row] = await own.reviewSignatures.list('2026-11-29');
    expect(row).toMatchObject({ id: signature.id, day: '2026-11-29', action: 'reviewed', signedAt: at(5) });
    expect(Buffer.from(row?.recordSha256 ?? [])).toEqual(signature.recordSha256);
    expect(await own.reviewSignatures.list('2026-11-30')).toEqual([]);
    expect(await other.reviewSignatures.list('2026-11-29')).toEqual([]);
    await test.outside.query('SET ROLE akashi_app');
    try {
      const refused = { code: '42501' };
      for (const statement of [
        'UPDATE review_signature SET revision = 2',
        'DELETE FROM review_signature',
        'DELETE FROM signing_credential',
        "UPDATE signing_credential SET public_key = 'x'",
        "UPDATE signing_credential SET enrolment = 'x'",
      ])
        await expect(test.outside.query(statement), statement).rejects.toMatchObject(refused);
    } finally {
      await test.outside.query('RESET ROLE');
    }
  });
});
