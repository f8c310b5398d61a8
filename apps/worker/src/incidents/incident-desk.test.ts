import { tenantId, type IncidentNotice, type TenantId, type UnfinishedIncident } from '@akashi/database';
import { expect, it } from 'vitest';
import { IncidentDesk, type IncidentDeskParts } from './incident-desk.ts';

const own = tenantId('11111111-1111-4111-8111-111111111111');
const platform = tenantId('22222222-2222-4222-8222-222222222222');
const late = { kind: 'pipeline-late', where: 'index', cause: 'not-indexed' } as const;

function deskOf() {
  const state = {
    isAway: false,
    platform: null as TenantId | null,
    unfinished: [] as UnfinishedIncident[],
    ms: 0,
    noticed: [] as (IncidentNotice & { tenant: TenantId })[],
    ceased: [] as { tenant: TenantId; kind: string; where: string }[],
  };
  const answer = <T>(value: T): Promise<T> =>
    state.isAway ? Promise.reject(new Error('away')) : Promise.resolve(value);
  const parts: IncidentDeskParts = {
    database: {
      forTenant: (tenant) => ({
        incidents: {
          notice: async (notice) => {
            await answer(null);
            state.noticed.push({ ...notice, tenant });
            return { id: 'i', effect: 'opened' };
          },
          cease: async ({ kind, where }) => {
            await answer(null);
            state.ceased.push({ tenant, kind, where });
            return true;
          },
        },
      }),
      platform: { incidents: { unfinished: () => answer(state.unfinished) } },
    },
    platformTenant: () => answer(state.platform),
    logger: { warn: () => undefined } as unknown as IncidentDeskParts['logger'],
    now: () => new Date(state.ms),
  };
  return { desk: new IncidentDesk(parts), state };
}

it('keeps what cannot be written, with its first moment and its count', async () => {
  const { desk, state } = deskOf();
  state.isAway = true;
  await desk.notice(own, late);
  state.ms = 5_000;
  await desk.notice(own, { ...late, count: 3 });
  state.isAway = false;
  await desk.refresh();
  expect(state.noticed).toMatchObject([{ ...late, tenant: own, count: 4 }]);
  await desk.refresh();
  expect(state.noticed).toHaveLength(1);
});

it('waits for the platform’s organisation', async () => {
  const { desk, state } = deskOf();
  await desk.notice('platform', { kind: 'disk-filling', where: 'disk of inbox', cause: 'little-free' });
  expect(state.noticed).toEqual([]);
  state.platform = platform;
  await desk.refresh();
  expect(state.noticed).toMatchObject([{ tenant: platform, kind: 'disk-filling' }]);
});

it('ends what is open and nothing else, and what began and ended while nothing could be written', async () => {
  const { desk, state } = deskOf();
  await desk.cease(own, late);
  expect(state.ceased).toEqual([]);
  await desk.notice(own, late);
  await desk.cease(own, late);
  await desk.cease(own, late);
  expect(state.ceased).toEqual([{ tenant: own, kind: late.kind, where: late.where }]);

  state.unfinished = [{ tenantId: own, ...late, lastSeenAt: new Date(0), hasEnded: false }];
  await desk.refresh();
  expect(desk.openOf(new Set(['pipeline-late']))).toMatchObject([{ owner: own, where: 'index' }]);
  await desk.cease(own, late);
  expect(state.ceased).toHaveLength(2);

  state.isAway = true;
  await desk.notice(own, { ...late, where: 'seal' });
  await desk.cease(own, { ...late, where: 'seal' });
  state.isAway = false;
  await desk.refresh();
  expect(state.noticed).toHaveLength(1);
});
