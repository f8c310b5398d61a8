import { tenantId, type Database, type NewVerification, type TenantId } from '@akashi/database';
import { Registry, type Logger } from '@akashi/server-kit';
import { expect, it, vi } from 'vitest';
import type { TenantDirectory } from '../tenant-directory.ts';
import { VerificationSchedule } from './verification-schedule.ts';
import { VerificationUnfinished } from './verification-unfinished.ts';

const first = tenantId('11111111-1111-4111-8111-111111111111');
const second = tenantId('22222222-2222-4222-8222-222222222222');

const proven: NewVerification = {
  kind: 'full',
  outcome: 'proven',
  startedAt: new Date(0),
  finishedAt: new Date(1),
  treeSize: 1,
  blocks: 1,
  records: 1,
  findings: [],
};

function scheduleOf(verify: (id: TenantId) => Promise<NewVerification | null>) {
  const inserted: TenantId[] = [];
  const report = vi.fn();
  const database = {
    forTenant: (id: TenantId) => ({ verifications: { insert: () => Promise.resolve(void inserted.push(id)) } }),
  };
  const schedule = new VerificationSchedule({
    tenants: { list: () => Promise.resolve([{ id: first }, { id: second }]) } as unknown as TenantDirectory,
    database: database as unknown as Database,
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Logger,
    metrics: new Registry(),
    verify,
    faults: { report },
    noticeFindings: () => Promise.resolve(),
  });
  return { schedule, inserted, report };
}

const unfinished = (): Promise<never> => Promise.reject(new VerificationUnfinished('the verifier was ended'));

it('goes on with the others after one that came to no end, and says so', async () => {
  const { schedule, inserted, report } = scheduleOf((id) => (id === first ? unfinished() : Promise.resolve(proven)));
  await schedule.runAll();
  expect(schedule.hasUnfinished).toBe(true);
  expect(inserted).toEqual([second]);
  expect(report.mock.calls).toEqual([
    [first, expect.objectContaining({ action: 'job.failed', reason: 'verification-unfinished' })],
  ]);
});

it('tells nobody of what a stop cut off, and begins nothing more', async () => {
  const { schedule, inserted, report } = scheduleOf(() => {
    schedule.stop();
    return unfinished();
  });
  await schedule.runAll();
  expect([inserted, report.mock.calls]).toEqual([[], []]);
});

it('is complete when everything was proven or had nothing to prove', async () => {
  const { schedule, inserted } = scheduleOf((id) => Promise.resolve(id === first ? null : proven));
  await schedule.runAll();
  expect(schedule.hasUnfinished).toBe(false);
  expect(inserted).toEqual([second]);
});

it('repeats only those that came to no end, until they do', async () => {
  const asked: TenantId[] = [];
  let isAway = true;
  const { schedule, inserted } = scheduleOf((id) => {
    asked.push(id);
    return id === first && isAway ? unfinished() : Promise.resolve(proven);
  });
  await schedule.runAll();
  expect(schedule.hasUnfinished).toBe(true);
  await schedule.runUnfinished();
  expect(schedule.hasUnfinished).toBe(true);
  isAway = false;
  await schedule.runUnfinished();
  expect(schedule.hasUnfinished).toBe(false);
  expect(asked).toEqual([first, second, first, first]);
  expect(inserted).toEqual([second, first]);
  await schedule.runAll();
  expect(asked.slice(4)).toEqual([first, second]);
});
