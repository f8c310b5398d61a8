import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import { newUnmaskedId, type NewRestore, type Restores, type TenantDatabase } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

const at = (minute: number): Date => new Date(Date.parse('2026-11-30T00:00:00Z') + minute * 60_000);
const leaseMs = 60_000;
const noRecord = (): Promise<void> => Promise.resolve();

describe.skipIf(serverUrl === undefined)('restored sets', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;
  let restores: Restores;

  const tenant = async (slug: string): Promise<TenantDatabase> => {
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' } as const;
    return test.database.forTenant((await test.database.platform.createTenant({ slug, ...details })).id);
  };
  const wanted = (more: Partial<NewRestore> = {}): NewRestore => ({
    id: newUnmaskedId(),
    kind: 'by-hand',
    logGroups: ['db/main'],
    from: at(-1440),
    to: at(0),
    amounts: { blocks: 2, records: 200, bytes: 1_000, lastBlock: 9 },
    estimateSeconds: 4,
    requestedBy: { id: randomUUID(), name: '佐藤 花子' },
    at: at(0),
    ...more,
  });
  const add = async (more: Partial<NewRestore> = {}): Promise<string> => {
    const restore = wanted(more);
    expect(await restores.add(restore, { limit: 100 })).toBe(true);
    return restore.id;
  };
  const take = async (id: string, minute: number) => {
    const taken = await restores.take(id, { now: at(minute), leaseMs });
    if (taken === null) throw new Error('not taken');
    return taken;
  };

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
  }, 60_000);
  afterAll(() => test.drop());
  beforeEach(async () => {
    own = await tenant(`own-${randomUUID().slice(0, 8)}`);
    other = await tenant(`other-${randomUUID().slice(0, 8)}`);
    restores = own.restores;
  });

  it('are made by one worker at a time, go on where they were, and are searched when they are done', async () => {
    const id = await add();
    const first = await take(id, 1);
    expect(await restores.take(id, { now: at(1.5), leaseMs })).toBeNull();
    expect(await restores.noteDone(first, { block: 3, done: 90, restored: 80 })).toBe(true);
    const second = await take(id, 3);
    expect(second).toMatchObject({ doneBlock: 3, doneRecords: 90, restoredRecords: 80, attempts: 2, startedAt: at(1) });
    // The first worker, whose lease ended, changes nothing any more.
    expect(await restores.noteDone(first, { block: 9, done: 110, restored: 110 })).toBe(false);
    expect(await restores.finish(first, { at: at(4), expiresAt: at(100) })).toBe(false);
    expect(await restores.searchable(at(4))).toEqual([]);
    expect(await restores.noteDone(second, { block: 9, done: 110, restored: 100 })).toBe(true);
    expect(await restores.finish(second, { at: at(4), expiresAt: at(100) })).toBe(true);
    expect(await restores.get(id)).toMatchObject({ state: 'done', doneRecords: 200, restoredRecords: 180 });
    expect(await restores.searchable(at(99))).toEqual([{ id, logGroups: ['db/main'], from: at(-1440), to: at(0) }]);
    expect(await restores.searchable(at(100))).toEqual([]);
    expect(await other.restores.get(id)).toBeNull();
    expect(await other.restores.searchable(at(99))).toEqual([]);
    expect(await other.restores.cancel(id, { name: 'x', at: at(5) }, noRecord)).toBe(false);
  });

  it('are so many at a time; drills do not count, and one that ended makes room', async () => {
    const ids = [await add(), await add()];
    await add({ kind: 'drill', requestedBy: null });
    expect(await restores.countStanding()).toBe(2);
    const both = await Promise.all([0, 1].map(() => restores.add(wanted(), { limit: 3 })));
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await restores.cancel(ids[0] ?? '', { name: '佐藤 花子', at: at(1) }, noRecord)).toBe(true);
    expect(await restores.cancel(ids[0] ?? '', { name: '佐藤 花子', at: at(1) }, noRecord)).toBe(false);
    expect(await restores.add(wanted(), { limit: 3 })).toBe(true);
  });

  it('cancelled under the worker’s hands are lost to it, and named until nothing of them is left', async () => {
    const id = await add();
    const held = await take(id, 1);
    expect(await restores.cancel(id, { name: '佐藤 花子', at: at(2) }, noRecord)).toBe(true);
    expect(await restores.keep(held, at(9))).toBe(false);
    expect(await restores.finish(held, { at: at(4), expiresAt: at(100) })).toBe(false);
    const ended = async (minute: number): Promise<string[]> =>
      (await test.database.platform.restores.findEnded({ endedBefore: at(minute), limit: 100 })).map((each) => each.id);
    expect(await ended(1)).not.toContain(id);
    expect(await ended(2)).toContain(id);
    await restores.noteRemoved(id, at(3));
    expect(await ended(2)).not.toContain(id);
    expect(await restores.get(id)).toMatchObject({ state: 'cancelled', endedBy: '佐藤 花子', removedAt: at(3) });
  });

  it('end by themselves or by hand, once, on record or not at all', async () => {
    const id = await add();
    await restores.finish(await take(id, 1), { at: at(2), expiresAt: at(10) });
    const expired = await test.database.platform.restores.findExpired({ now: at(10), limit: 100 });
    expect(expired.map((each) => each.id)).toContain(id);
    const broken = restores.end(id, { name: '佐藤 花子', at: at(5) }, () => Promise.reject(new Error('no trail')));
    await expect(broken).rejects.toThrow('no trail');
    expect((await restores.get(id))?.state).toBe('done');
    expect(await restores.end(id, { name: null, at: at(10) })).toBe(true);
    expect(await restores.end(id, { name: null, at: at(11) })).toBe(false);
  });
});
