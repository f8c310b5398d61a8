import { dutiesAnswer, dutyRunsAnswer } from '@akashi/contracts';
import { installationDuties } from '@akashi/policy';
import type { PlannedRun, TenantId } from '@akashi/database';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson, callApi } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const minuteMs = 60_000;

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('scheduled duties', () => {
  let test: TestApi;
  let own: ApiTenant;
  let other: ApiTenant;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    [own, other] = [await test.createTenant(), await test.createTenant()];
  });
  afterAll(() => test.close());

  const ago = (minutes: number): Date => new Date(Date.now() - minutes * minuteMs);
  const planned = (tenantId: TenantId | null, duty: string, dueAt: Date): PlannedRun => ({
    tenantId,
    duty,
    period: `${dueAt.toISOString().slice(0, 16)}Z`,
    schedule: 'x',
    dueAt,
    lateAt: new Date(dueAt.getTime() + 30 * minuteMs),
  });
  const take = async (run: PlannedRun, now: Date) => {
    const taken = await test.database.platform.dutyRuns.take(run, { now, leaseMs: minuteMs });
    if (taken === null) throw new Error('nothing was taken');
    return taken;
  };

  it('show an organisation its own, how the newest went and when the next is due', async () => {
    const { dutyRuns } = test.database.platform;
    const tenantId = own.tenant.id;
    const first = planned(tenantId, 'verification', ago(50));
    await dutyRuns.plan([
      first,
      planned(tenantId, 'heartbeat', ago(-5)),
      planned(tenantId, 'dormant-accounts', ago(90)),
    ]);
    await dutyRuns.end(await take(first, ago(50)), {
      outcome: 'done',
      errorCode: null,
      at: ago(10),
      next: planned(tenantId, 'verification', ago(-10)),
    });
    const failing = planned(tenantId, 'expiry-notices', ago(20));
    await dutyRuns.plan([failing]);
    await dutyRuns.giveBack(await take(failing, ago(15)), { at: ago(14), errorCode: 'MailError' });

    const cookie = await (await addPerson(test, own, 'tenant-admin')).signIn();
    const answer = await callApi(test, { method: 'GET', path: '/v1/duties' }, { cookie });
    const { items } = dutiesAnswer.parse(answer.json);
    expect(items.map(({ duty, scope, state, outcome, late }) => ({ duty, scope, state, outcome, late }))).toEqual([
      { duty: 'heartbeat', scope: 'organisation', state: 'waiting', outcome: null, late: false },
      { duty: 'verification', scope: 'organisation', state: 'waiting', outcome: 'done', late: true },
      { duty: 'dormant-accounts', scope: 'organisation', state: 'late', outcome: null, late: true },
      { duty: 'expiry-notices', scope: 'organisation', state: 'failing', outcome: null, late: false },
    ]);
    expect(items[1]).toMatchObject({ period: first.period, dueAt: first.dueAt.toISOString(), attempts: 1 });
    expect(Date.parse(items[1]?.nextDueAt ?? '')).toBeGreaterThan(Date.now());
    expect(items[3]).toMatchObject({ errorCode: 'MailError' });

    const runs = await callApi(test, { method: 'GET', path: '/v1/duties/verification/runs' }, { cookie });
    expect(dutyRunsAnswer.parse(runs.json).items).toMatchObject([
      { period: first.period, outcome: 'done', late: true },
    ]);
  });

  it('show nobody another organisation’s, and the installation’s to its people alone', async () => {
    const { dutyRuns } = test.database.platform;
    await dutyRuns.plan([planned(null, 'clean-up', ago(-5))]);
    const admin = await (await addPerson(test, other, 'tenant-admin')).signIn();
    expect((await callApi(test, { method: 'GET', path: '/v1/duties' }, { cookie: admin })).json).toEqual({ items: [] });
    const operator = await (await addPerson(test, other, 'platform-operator')).signIn();
    const seen = await callApi(test, { method: 'GET', path: '/v1/duties' }, { cookie: operator });
    expect(dutiesAnswer.parse(seen.json).items).toMatchObject([
      { duty: 'clean-up', scope: 'installation', state: 'waiting' },
    ]);
    for (const duty of [...installationDuties, 'nothing']) {
      const path = `/v1/duties/${duty}/runs`;
      expect((await callApi(test, { method: 'GET', path }, { cookie: admin })).status).toBe(404);
    }
    const runs = await callApi(test, { method: 'GET', path: '/v1/duties/clean-up/runs' }, { cookie: operator });
    expect(runs.json).toEqual({ items: [] });
  });

  it('are for those who may read of the integrity of the evidence', async () => {
    const viewer = await (await addPerson(test, own, 'viewer')).signIn();
    expect((await callApi(test, { method: 'GET', path: '/v1/duties' }, { cookie: viewer })).status).toBe(403);
  });
});
