import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { DutyRuns, PlannedRun, TenantDatabase, TenantId, WantedDuty } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];
if (serverUrl === undefined) process.stderr.write('skipped: DATABASE_URL names no PostgreSQL server\n');

const at = (minute: number): Date => new Date(Date.parse('2026-11-30T00:00:00Z') + minute * 60_000);
const leaseMs = 60_000;
const everybody = { closed: true, platform: true };
const wanted: readonly WantedDuty[] = [
  { duty: 'hourly', schedule: 'h', isLocal: false, farthestDueAt: at(600), forInstallation: false, of: everybody },
  {
    duty: 'daily',
    schedule: 'd',
    isLocal: true,
    farthestDueAt: at(600),
    forInstallation: false,
    of: { closed: false, platform: false },
  },
  { duty: 'watch', schedule: 'w', isLocal: false, farthestDueAt: at(600), forInstallation: true, of: everybody },
];

describe.skipIf(serverUrl === undefined)('runs of duties', () => {
  let test: TestDatabase;
  let runs: DutyRuns;
  let own: TenantDatabase;
  let other: TenantDatabase;

  const tenant = async (slug: string, kind: 'customer' | 'platform' = 'customer'): Promise<TenantDatabase> => {
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja', kind };
    return test.database.forTenant((await test.database.platform.createTenant({ slug, ...details })).id);
  };
  const hourly = (tenantId: TenantId | null, minute: number): PlannedRun => ({
    tenantId,
    duty: 'hourly',
    period: `2026-11-30T00:${String(minute).padStart(2, '0')}Z`,
    schedule: 'h',
    dueAt: at(minute),
    lateAt: at(minute + 30),
  });
  const due = (minute: number) => runs.findDue({ duties: ['hourly', 'daily', 'watch'], now: at(minute), limit: 10 });

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    runs = test.database.platform.dutyRuns;
    own = await tenant('one');
    other = await tenant('two');
    await tenant('home', 'platform');
  });
  beforeEach(async () => void (await test.outside.query('DELETE FROM duty_run')));
  afterAll(() => test.drop());

  it('are planned for those whom a duty is for, once, and again when zone or cadence change', async () => {
    const first = await runs.findUnplanned(wanted);
    expect(first.map(({ duty }) => duty).toSorted()).toEqual(['daily', 'daily', 'hourly', 'hourly', 'hourly', 'watch']);
    expect(first.find(({ duty }) => duty === 'daily')).toMatchObject({
      schedule: 'd in Asia/Tokyo',
      pendingPeriod: null,
    });
    const plan = first.map(({ tenantId, duty, schedule }) => ({ ...hourly(tenantId, 5), duty, schedule }));
    await Promise.all([runs.plan(plan), runs.plan(plan)]);
    expect(await runs.findUnplanned(wanted)).toEqual([]);

    await own.organisation.change({ timeZone: 'Europe/London' });
    const again = await runs.findUnplanned(wanted);
    expect(again).toEqual([
      {
        tenantId: own.tenantId,
        duty: 'daily',
        timeZone: 'Europe/London',
        schedule: 'd in Europe/London',
        pendingPeriod: '2026-11-30T00:05Z',
      },
    ]);
    await runs.plan([{ ...hourly(own.tenantId, 5), duty: 'daily', schedule: 'd in Europe/London', dueAt: at(50) }]);
    expect(await runs.findUnplanned(wanted)).toEqual([]);
    const { rows } = await test.outside.query(`SELECT due_at FROM duty_run WHERE duty = 'daily' AND tenant_id = $1`, [
      own.tenantId,
    ]);
    expect(rows).toEqual([{ due_at: at(50) }]);
    await own.organisation.change({ timeZone: 'Asia/Tokyo' });
  });

  it('that wait for a time which a clock that was ahead named are planned again, also those that were taken then', async () => {
    const far = at(100_000);
    const plan = (await runs.findUnplanned(wanted)).map(({ tenantId, duty, schedule }) => ({
      ...hourly(tenantId, 5),
      duty,
      schedule,
      ...(duty === 'daily' ? {} : { dueAt: far }),
    }));
    await runs.plan(plan);
    const taken = { tenantId: own.tenantId, duty: 'daily', period: '2026-11-30T00:05Z' };
    expect(await runs.take(taken, { now: far, leaseMs })).not.toBeNull();
    const again = await runs.findUnplanned(wanted);
    const others = again.filter(({ duty }) => duty !== 'daily');
    expect(others.map(({ pendingPeriod }) => pendingPeriod)).toEqual([null, null, null, null]);
    expect(again.filter(({ duty }) => duty === 'daily').map(({ tenantId }) => tenantId)).toEqual([own.tenantId]);
    await runs.plan(again.map(({ tenantId, duty, schedule }) => ({ ...hourly(tenantId, 7), duty, schedule })));
    expect(await runs.findUnplanned(wanted)).toEqual([]);
    expect(await due(7)).toHaveLength(plan.length);
  });

  it('are found when due, longest due first, and by nobody while taken', async () => {
    await runs.plan([hourly(own.tenantId, 5), hourly(other.tenantId, 3), hourly(null, 9)]);
    expect(await due(2)).toEqual([]);
    expect((await due(5)).map(({ tenantId }) => tenantId)).toEqual([other.tenantId, own.tenantId]);
    const taken = await runs.take(hourly(own.tenantId, 5), { now: at(5), leaseMs });
    expect(taken).toMatchObject({ attempts: 1, organisation: { timeZone: 'Asia/Tokyo', status: 'active' } });
    expect((await due(5)).map(({ tenantId }) => tenantId)).toEqual([other.tenantId]);
    const all = await due(9);
    expect(all.map(({ tenantId }) => tenantId)).toEqual([other.tenantId, own.tenantId, null]);
  });

  it('are taken by one of many', async () => {
    await runs.plan([hourly(own.tenantId, 5), hourly(null, 5)]);
    for (const name of [hourly(own.tenantId, 5), hourly(null, 5)]) {
      const takes = await Promise.all(Array.from({ length: 8 }, () => runs.take(name, { now: at(6), leaseMs })));
      expect(takes.filter((each) => each !== null)).toHaveLength(1);
    }
    expect(await runs.take(hourly(own.tenantId, 6), { now: at(6), leaseMs })).toBeNull();
  });

  it('are taken up again when the lease of whoever had it ended, who can then end nothing', async () => {
    await runs.plan([hourly(own.tenantId, 5)]);
    const name = hourly(own.tenantId, 5);
    const killed = await runs.take(name, { now: at(5), leaseMs });
    if (killed === null) throw new Error('nothing was taken');
    expect(await runs.extend(killed, at(7))).toBe(true);
    expect(await runs.take(name, { now: at(6.9), leaseMs })).toBeNull();
    const second = await runs.take(name, { now: at(7), leaseMs });
    if (second === null) throw new Error('nothing was taken');
    expect(second.attempts).toBe(2);
    const ended = { outcome: 'done', errorCode: null, at: at(8), next: hourly(own.tenantId, 35) } as const;
    expect(await runs.extend(killed, at(20))).toBe(false);
    expect(await runs.giveBack(killed, { at: at(8), errorCode: null })).toBe(false);
    expect(await runs.end(killed, ended)).toBe(false);
    expect(await runs.end(second, ended)).toBe(true);
    expect(await runs.end(second, ended)).toBe(false);
    expect(await runs.take(name, { now: at(60), leaseMs })).toBeNull();
    expect((await due(35)).map(({ period }) => period)).toEqual(['2026-11-30T00:35Z']);
  });

  it('wait without an attempt, or come back with a code', async () => {
    await runs.plan([hourly(own.tenantId, 5)]);
    const name = hourly(own.tenantId, 5);
    const waiting = await runs.take(name, { now: at(5), leaseMs });
    await runs.giveBack(waiting ?? raise(), { at: at(15), errorCode: null });
    expect(await due(14)).toEqual([]);
    const failing = await runs.take(name, { now: at(15), leaseMs });
    expect(failing?.attempts).toBe(1);
    await runs.giveBack(failing ?? raise(), { at: at(16), errorCode: 'search-unavailable' });
    expect(await runs.take(name, { now: at(16), leaseMs })).toMatchObject({
      attempts: 2,
      errorCode: 'search-unavailable',
    });
  });

  it('are told late once, when they still are a little after they were found so', async () => {
    const graceMs = 3 * 60_000;
    const lateAt = (minute: number) => runs.findNewlyLate({ now: at(minute), graceMs });
    await runs.plan([hourly(own.tenantId, 5), hourly(null, 6)]);
    expect(await lateAt(34)).toEqual([]);
    expect(await lateAt(35)).toEqual([]);
    expect(await lateAt(37.9)).toEqual([]);
    const late = await Promise.all([lateAt(38), lateAt(38)]);
    expect(late.flat()).toMatchObject([{ tenantId: own.tenantId, duty: 'hourly', dueAt: at(5) }]);
    expect(await lateAt(41)).toMatchObject([{ tenantId: null }]);
    expect(await lateAt(99)).toEqual([]);
  });

  it('show an organisation its own, and the installation’s to nobody', async () => {
    await runs.plan([hourly(own.tenantId, 5), hourly(null, 5)]);
    const taken = await runs.take(hourly(own.tenantId, 5), { now: at(6), leaseMs });
    const { duties } = own;
    expect(await duties.standing(['hourly', 'daily'], at(6))).toMatchObject([
      { duty: 'hourly', last: null, pending: { isRunning: true, startedAt: at(6) } },
      { duty: 'daily', last: null, pending: null },
    ]);
    await runs.end(taken ?? raise(), { outcome: 'done', errorCode: null, at: at(7), next: hourly(own.tenantId, 35) });
    expect(await duties.standing(['hourly'], at(8))).toMatchObject([
      {
        last: { period: '2026-11-30T00:05Z', finishedAt: at(7), outcome: 'done' },
        pending: { period: '2026-11-30T00:35Z', dueAt: at(35), isRunning: false },
      },
    ]);
    expect(await duties.history('hourly', { limit: 10 })).toHaveLength(1);
    expect(await other.duties.standing(['hourly'], at(8))).toEqual([{ duty: 'hourly', last: null, pending: null }]);
    expect(await test.database.platform.duties.standing(['hourly'], at(8))).toMatchObject([
      { last: null, pending: { period: '2026-11-30T00:05Z' } },
    ]);
  });

  it('are kept for a time, and never while pending', async () => {
    await runs.plan([hourly(own.tenantId, 5), hourly(other.tenantId, 5)]);
    const taken = await runs.take(hourly(own.tenantId, 5), { now: at(5), leaseMs });
    await runs.end(taken ?? raise(), { outcome: 'done', errorCode: null, at: at(6), next: null });
    const before = at(2000);
    expect(await runs.removeEnded({ duty: 'hourly', before: at(6), limit: 10 })).toBe(0);
    expect(await runs.removeEnded({ duty: 'daily', before, limit: 10 })).toBe(0);
    expect(await runs.removeEnded({ duty: 'hourly', before, limit: 10 })).toBe(1);
    expect((await due(5)).map(({ tenantId }) => tenantId)).toEqual([other.tenantId]);
  });
});

function raise(): never {
  throw new Error('nothing was taken');
}
