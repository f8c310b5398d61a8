import { tenantId, type Database, type IncidentNotice } from '@akashi/database';
import { createLogger } from '@akashi/server-kit';
import { expect, it } from 'vitest';
import { openIntakeIncidents } from './intake-incidents.ts';

const platform = tenantId('22222222-2222-4222-8222-222222222222');
const logger = createLogger({ name: 'test', level: 'silent' });

function incidentsOf() {
  const state = { isAway: false, ms: 0, noticed: [] as IncidentNotice[], ceased: [] as string[] };
  const answer = (write: () => void): Promise<void> =>
    state.isAway ? Promise.reject(new Error('away')) : Promise.resolve(write());
  const database = {
    forTenant: () => ({
      incidents: {
        notice: (notice: IncidentNotice) => answer(() => state.noticed.push(notice)),
        cease: ({ kind }: { kind: string }) => answer(() => state.ceased.push(kind)),
      },
    }),
  } as unknown as Pick<Database, 'forTenant'>;
  const now = () => new Date(state.ms);
  return {
    state,
    incidents: openIntakeIncidents({ database, platform: () => Promise.resolve(platform), logger, now }),
  };
}

const refused = (address: string) => ({ address, reason: 'no-source', transport: 'syslog-udp', count: 3 });

it('name an unknown sender by its address, and many of an hour together', async () => {
  const { state, incidents } = incidentsOf();
  for (let host = 1; host <= 30; host += 1) await incidents.unknownSender(refused(`192.0.2.${host}`));
  const places = new Set(state.noticed.map(({ where }) => where));
  expect([places.size, places.has('192.0.2.20'), places.has('further addresses')]).toEqual([21, true, true]);
  expect(state.noticed[0]).toMatchObject({ kind: 'unknown-sender', cause: 'no-source', count: 3 });
  state.ms += 3_600_001;
  await incidents.unknownSender(refused('192.0.2.30'));
  expect(state.noticed.at(-1)?.where).toBe('192.0.2.30');
});

it('begin with an inbox that takes nothing and end with one that does, whatever becomes of the database', async () => {
  const { state, incidents } = incidentsOf();
  await incidents.inboxFails('EIO', 2);
  expect(state.noticed).toMatchObject([{ kind: 'inbox-failing', count: 2, details: { error: 'EIO' } }]);
  state.isAway = true;
  await incidents.inboxFails('EIO', 1);
  await incidents.inboxWorks();
  state.isAway = false;
  await incidents.inboxWorks();
  expect(state.ceased).toEqual(['inbox-failing']);
});
