import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { TenantDatabase } from './tenant-database.ts';
import { ReviewBeingSignedError, type SigningIntent } from './tenant/log-reviews/signing-intent.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const day = '2026-11-29';
const at = (minute: number): Date => new Date(Date.UTC(2026, 10, 30, 0, minute));
const signer = { id: randomUUID(), name: '佐藤 花子' };
const killed = new Error('killed');
/** Longer than a text may be that is masked, and full of digits. */
const canonical = Buffer.from(
  JSON.stringify({ day, items: Array.from({ length: 4_000 }, (_, n) => 4_111_111_111_111_111 + n) }),
);

const submission = (): SigningIntent => {
  const lineId = randomUUID();
  return {
    id: lineId,
    asked: { act: 'submit', by: signer, said: { statement: '確認した bytes:AA moment:x' } },
    sealed: {
      logGroup: 'akashi/reviews',
      logStream: 'signatures',
      records: [canonical.toString('base64url'), '{"a":"署名"}'],
    },
    kept: {
      signature: {
        id: randomUUID(),
        day,
        revision: 1,
        action: 'reviewed',
        signerId: signer.id,
        signedAt: at(20),
        method: 'code',
        isSynced: null,
        recordSha256: Buffer.alloc(32, 7),
        envelope: Buffer.from('{"format":"x"}'),
        lineId,
      },
      record: { canonical, sha256: '07'.repeat(32), revision: 1, addendum: 0 },
      change: {
        state: 'submitted',
        revision: 1,
        lateReason: 'moment:2026',
        submittedBy: signer.id,
        submittedByName: signer.name,
        submittedAt: at(20),
        returnedComment: null,
      },
      acts: [{ kind: 'submitted', byId: signer.id, byName: signer.name, at: at(20), text: 'bytes:AA' }],
      ceases: `review ${day}`,
    },
    madeAt: at(21),
  };
};

describe.runIf(serverUrl !== '')('a signed act that was committed to', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;
  let intent: SigningIntent;
  /** What the intake has under each key. */
  let sealed: Map<string, readonly string[]>;

  const seal = ({ id, sealed: { records } }: SigningIntent): Promise<void> => {
    expect(sealed.get(id) ?? records).toEqual(records);
    sealed.set(id, records);
    return Promise.resolve();
  };

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
  });
  beforeEach(async () => {
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    const make = async () =>
      test.database.forTenant((await test.database.platform.createTenant({ slug: randomUUID(), ...details })).id);
    [own, other] = [await make(), await make()];
    const times = { from: at(0), to: at(10), startedAt: at(10), dueAt: at(60), missedAt: at(120) };
    for (const tenant of [own, other]) {
      await tenant.logReviews.create({ day, timeZone: 'Asia/Tokyo', ...times, versions: {}, items: [] }, []);
    }
    intent = submission();
    sealed = new Map();
  });
  afterAll(() => test.drop());

  const commit = () => own.logReviews.change(day, (held) => held.intend(intent));
  const state = async () => (await own.logReviews.get(day))?.review.state;

  it('is not there where the transaction did not end', async () => {
    const stopped = own.logReviews.change(day, async (held) => {
      await held.intend(intent);
      throw killed;
    });
    await expect(stopped).rejects.toBe(killed);
    expect(await own.logReviews.finishSigning(day, seal)).toBeNull();
    expect(sealed.size).toBe(0);
  });

  it('comes before everything else of the day, for its organisation alone', async () => {
    await commit();
    await expect(own.logReviews.change(day, () => Promise.resolve(true))).rejects.toBeInstanceOf(
      ReviewBeingSignedError,
    );
    expect(await other.logReviews.change(day, () => Promise.resolve(true))).toBe(true);
    expect(await other.logReviews.finishSigning(day, seal)).toBeNull();
    const { logReviews } = test.database.platform;
    const waiting = (before: Date) => logReviews.findUnfinishedSignings(before, 10);
    expect(await waiting(at(21))).toEqual([]);
    expect(await waiting(at(22))).toMatchObject([{ day }]);
    await own.logReviews.finishSigning(day, seal);
    expect(await waiting(at(22))).toEqual([]);
  });

  it.each([
    ['before it is sealed', () => Promise.reject(killed)],
    ['after it is sealed', (each: SigningIntent) => seal(each).then(() => Promise.reject(killed))],
  ] as const)('is finished by whoever comes after a process that stopped %s', async (_, stops) => {
    await own.incidents.notice({ kind: 'review-missed', where: `review ${day}`, cause: 'not-submitted', at: at(15) });
    await commit();
    await expect(own.logReviews.finishSigning(day, stops)).rejects.toBe(killed);
    expect(await state()).toBe('open');
    expect(await own.logReviews.finishSigning(day, seal)).toEqual({ intent, isKeptHere: true });
    expect([...sealed]).toEqual([[intent.id, intent.sealed.records]]);
    const { signature, record, change } = intent.kept;
    expect(await own.logReviews.get(day)).toMatchObject({
      review: { ...change, told: null },
      acts: [{ number: 1, kind: 'submitted', text: 'bytes:AA', at: at(20) }],
    });
    const { addendum: _none, ...kept } = record;
    expect(await own.logReviews.records(day)).toEqual([
      { ...kept, addendum: 0, sealedAs: signature.lineId, at: signature.signedAt },
    ]);
    expect(await own.reviewSignatures.list(day)).toEqual([signature]);
    expect(await own.incidents.list({ kind: 'review-missed', limit: 1 })).toMatchObject([{ endedAt: at(21) }]);
    expect(await own.logReviews.finishSigning(day, seal)).toBeNull();
  });

  it('is kept once, however many finish it at the same moment', async () => {
    await commit();
    const finished = await Promise.all(Array.from({ length: 4 }, () => own.logReviews.finishSigning(day, seal)));
    expect(finished.filter((each) => each?.isKeptHere === true)).toHaveLength(1);
    expect(sealed.size).toBe(1);
    expect(await own.logReviews.records(day)).toHaveLength(1);
    expect(await own.reviewSignatures.list(day)).toHaveLength(1);
  });
});
