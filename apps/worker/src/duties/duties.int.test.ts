import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DutyRunName, TenantId } from '@akashi/database';
import { openKeyring } from '@akashi/keyring';
import { dutyDefinitions, organisationDuties } from '@akashi/policy';
import {
  createTestDatabase,
  createTestTenant,
  findDatabaseServer,
  type TestDatabase,
  type TestTenant,
} from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dutyTick } from './duty-tick.ts';
import { done, type DutyHandlers, type DutyResult, type DutyWork } from './duty-work.ts';
import { runDuty, type RunDutyParts } from './run-duty.ts';
import { dutiesOfSteppedClock } from './start-duties.ts';

const serverUrl = findDatabaseServer();
const minuteMs = 60_000;
const definitions = dutyDefinitions({ verifyEveryMinutes: 60 });
const logger = { info: () => undefined, warn: () => undefined };

describe.skipIf(serverUrl === undefined)('the duties of an installation', () => {
  let test: TestDatabase;
  let own: TestTenant;
  let outside: Client;
  let now: Date;
  let did: string[];
  let told: string[];
  let work: (name: string, work: DutyWork) => Promise<DutyResult>;
  const home = mkdtempSync(join(tmpdir(), 'akashi-duties-'));

  const parts = (more: Partial<RunDutyParts> = {}): RunDutyParts => {
    const handler = (duty: string) => async (tenantId: TenantId, each: DutyWork) => {
      did.push(`${duty} ${each.period}`);
      return work(`${duty} ${tenantId}`, each);
    };
    const ofInstallation = (each: DutyWork) => work('installation', each);
    return {
      runs: test.database.platform.dutyRuns,
      definitions,
      handlers: {
        ...Object.fromEntries(organisationDuties.map((duty) => [duty, handler(duty)])),
        'storage-watch': ofInstallation,
        'index-keeping': ofInstallation,
        'restore-expiry': ofInstallation,
        'review-reminders': ofInstallation,
        'clean-up': ofInstallation,
        'archive-dates': ofInstallation,
        'archive-copy': ofInstallation,
      } as DutyHandlers,
      outcomes: {
        late: ({ duty }, code) => Promise.resolve(void told.push(`late ${duty} ${code}`)),
        failed: ({ duty }, code) => Promise.resolve(void told.push(`failed ${duty} ${code}`)),
        done: () => Promise.resolve(),
      },
      logger,
      onStep: () => undefined,
      now: () => now,
      stopping: new AbortController().signal,
      ...more,
    };
  };
  /** One tick with any number of workers, each of which gets every job: the table alone keeps them apart. */
  const tick = async (workers = 1): Promise<DutyRunName[]> => {
    const jobs: DutyRunName[] = [];
    const queue = { enqueueDutyRun: (job: object) => Promise.resolve(void jobs.push(job as DutyRunName)) };
    await dutyTick({ ...parts(), runs: test.database.platform.dutyRuns, queue });
    await Promise.all(
      Array.from({ length: workers }, async () => {
        for (const job of jobs) await runDuty(parts(), job);
      }),
    );
    return jobs;
  };
  const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * minuteMs));
  const only = (duty: string): string[] => did.filter((each) => each.startsWith(`${duty} `));
  const history = (duty: string) => own.database.duties.history(duty, { limit: 50 });

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    own = await createTestTenant({ database: test.database, keyring: openKeyring({ dir: home }) });
    outside = new Client({ connectionString: test.url });
    await outside.connect();
  });
  beforeEach(async () => {
    await outside.query('DELETE FROM duty_run');
    now = new Date('2026-11-30T05:00:30Z');
    [did, told] = [[], []];
    work = () => Promise.resolve(done);
  });
  afterAll(async () => {
    await outside.end();
    await test.drop();
    rmSync(home, { recursive: true });
  });

  it('are each done once in each period, however many workers there are', async () => {
    for (let minute = 0; minute < 130; minute += 1) {
      later(1);
      await tick(3);
    }
    expect(new Set(did).size).toBe(did.length);
    // One at once, and then one in each hour; at which minute depends on the organisation.
    const dueAtMs = (await history('verification')).map(({ dueAt }) => dueAt.getTime()).toSorted((a, b) => a - b);
    const hours = dueAtMs.slice(1);
    expect(hours.length).toBeGreaterThanOrEqual(2);
    expect(hours.map((at) => at - (hours[0] ?? 0))).toEqual(hours.map((_, index) => index * 60 * minuteMs));
    expect(now.getTime() - (hours.at(-1) ?? 0)).toBeLessThan(60 * minuteMs);
    expect(only('verification')).toHaveLength(dueAtMs.length);
    expect(only('heartbeat')).toHaveLength(3);
    expect(told).toEqual([]);
    const [standing] = await own.database.duties.standing(['verification'], now);
    expect(standing?.pending?.dueAt.getTime()).toBeGreaterThan(now.getTime());
  }, 60_000);

  it('that look at the present are caught up by one run after an outage, the missed ones noted', async () => {
    await tick();
    later(61);
    await tick();
    const before = only('verification').length;
    later(5 * 60);
    await tick();
    expect(only('verification')).toHaveLength(before + 1);
    const outcomes = (await history('verification')).map(({ outcome }) => outcome);
    expect(outcomes.slice(0, 2)).toEqual(['done', 'skipped']);
    await tick();
    expect(only('verification')).toHaveLength(before + 1);
  });

  it('go on when the clock was set back', async () => {
    await tick();
    const real = now;
    later(100 * 24 * 60);
    await tick();
    now = real;
    did = [];
    later(130);
    await tick();
    expect(only('verification')).toHaveLength(1);
    expect(only('heartbeat').length).toBeGreaterThanOrEqual(1);
    const { rows } = await outside.query('SELECT duty FROM duty_run WHERE finished_at IS NULL AND due_at > $1', [
      new Date(now.getTime() + 15 * 24 * 60 * minuteMs),
    ]);
    expect(rows).toEqual([]);
  }, 60_000);

  it('whose work belongs to its day do each missed day, oldest first, in one go', async () => {
    await tick();
    later(24 * 60);
    await tick();
    expect(only('expiry-notices')).toEqual(['expiry-notices 2026-12-01']);
    later(4 * 24 * 60);
    await tick(2);
    expect(only('expiry-notices')).toEqual(
      ['01', '02', '03', '04', '05'].map((day) => `expiry-notices 2026-12-${day}`),
    );
  });

  it('are taken up by another worker when theirs was killed in the middle', async () => {
    const killed = new Error('killed');
    const dies = (step: string): void => {
      if (step === 'duty-worked') throw killed;
    };
    // The process is gone: it gives nothing back.
    const runs = { ...test.database.platform.dutyRuns, giveBack: () => Promise.reject(killed) };
    const jobs: DutyRunName[] = [];
    const queue = { enqueueDutyRun: (job: object) => Promise.resolve(void jobs.push(job as DutyRunName)) };
    await dutyTick({ ...parts(), runs: test.database.platform.dutyRuns, queue });
    const job = jobs.find(({ duty }) => duty === 'verification');
    if (job === undefined) throw new Error('no verification is due');
    await expect(runDuty(parts({ runs, onStep: dies }), job)).rejects.toBe(killed);
    await runDuty(parts(), job);
    expect(only('verification')).toHaveLength(1);
    later(1);
    await runDuty(parts(), job);
    expect(only('verification')).toHaveLength(2);
    // In the minute that went by, the next period of this organisation may have begun.
    const ofTheJob = (await history('verification')).filter(({ period }) => period === job.period);
    expect(ofTheJob).toMatchObject([{ outcome: 'done', attempts: 2 }]);
  });

  it('that fail are told, tried again with pauses, and told late', async () => {
    const away = Object.assign(new Error('away'), { code: 'search-unavailable' });
    work = (name) => (name.startsWith('dormant') ? Promise.reject(away) : Promise.resolve(done));
    await tick();
    later(24 * 60);
    await tick();
    expect(told).toEqual(['failed dormant-accounts search-unavailable']);
    await tick();
    expect(told).toHaveLength(1);
    for (let minute = 0; minute < 300; minute += 1) {
      later(1);
      await tick();
    }
    expect(told.filter((each) => each.startsWith('failed')).length).toBeGreaterThan(15);
    expect(told.filter((each) => each.startsWith('failed')).length).toBeLessThan(30);
    later(90);
    await tick();
    expect(told).toContain('late dormant-accounts search-unavailable');
    work = () => Promise.resolve(done);
    later(20);
    await tick();
    expect((await history('dormant-accounts'))[0]).toMatchObject({ outcome: 'done', errorCode: null });
  }, 60_000);

  it('that are too early wait, and leave no attempt behind', async () => {
    work = (name) =>
      Promise.resolve(
        name.startsWith('checkpoint') ? { kind: 'wait', until: new Date(now.getTime() + 15 * minuteMs) } : done,
      );
    await tick();
    later(5);
    await tick();
    expect(only('checkpoint-sending')).toEqual(['checkpoint-sending 2026-11-30']);
    later(10);
    work = () => Promise.resolve(done);
    await tick();
    expect(await history('checkpoint-sending')).toMatchObject([{ period: '2026-11-30', attempts: 1, outcome: 'done' }]);
  });

  it('are those that each day leaves something of while a past is made, and only once somebody has planned them', async () => {
    const queue = { enqueueDutyRun: () => Promise.resolve() };
    const runs = test.database.platform.dutyRuns;
    const stepped = dutiesOfSteppedClock({ ...parts(), runs }, new AbortController().signal);
    later(24 * 60);
    await stepped.run();
    expect(did).toEqual([]);
    await dutyTick({ ...parts(), runs, queue });
    later(24 * 60);
    await stepped.run();
    expect(new Set(did.map((each) => each.split(' ')[0]))).toEqual(new Set(['daily-review', 'time-report']));
    expect(await history('daily-review')).toMatchObject([{ outcome: 'done' }]);
    expect(await history('time-report')).toMatchObject([{ outcome: 'done' }]);
  });

  it('are given back by a worker that stops', async () => {
    const stopping = new AbortController();
    work = (_name, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('cut off')));
        stopping.abort();
      });
    const jobs: DutyRunName[] = [];
    const queue = { enqueueDutyRun: (job: object) => Promise.resolve(void jobs.push(job as DutyRunName)) };
    await dutyTick({ ...parts(), runs: test.database.platform.dutyRuns, queue });
    const job = jobs.find(({ duty }) => duty === 'verification');
    if (job === undefined) throw new Error('no verification is due');
    await runDuty(parts({ stopping: stopping.signal }), job);
    expect(told).toEqual([]);
    work = () => Promise.resolve(done);
    await runDuty(parts(), job);
    expect(await history('verification')).toMatchObject([{ outcome: 'done', attempts: 1 }]);
  });

  it('end with a closed organisation where they are for its people, and go on where they are for its evidence', async () => {
    const gone = await createTestTenant({ database: test.database, keyring: openKeyring({ dir: home }) });
    await tick();
    await test.database.platform.setTenantStatus(gone.tenant.id, 'closed');
    later(8 * 24 * 60);
    await tick();
    const { rows } = await outside.query<{ duty: string }>(
      'SELECT DISTINCT duty FROM duty_run WHERE tenant_id = $1 AND finished_at IS NULL ORDER BY duty',
      [gone.tenant.id],
    );
    expect(rows.map(({ duty }) => duty)).toEqual(['crypto-shredding', 'disposal', 'heartbeat', 'verification']);
  });
});
