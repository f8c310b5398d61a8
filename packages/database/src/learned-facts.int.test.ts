import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import type { NewFact } from './tenant/learned-facts.ts';
import type { TenantDatabase } from './tenant-database.ts';

// oxlint-disable-next-line node/no-process-env -- tests are told where the server is
const serverUrl = process.env['DATABASE_URL'] ?? '';

const hour = 3_600_000;
const start = 1_800_000_000_000;
const everything = { from: new Date(start), to: new Date(start + 100 * hour), limit: 100 };

function fact(position: number, said: Partial<NewFact>): NewFact {
  return {
    position,
    kind: 'session-start',
    timeMs: start + position * hour,
    logGroup: 'secure',
    logStream: 'web01',
    sourceId: 's',
    machine: 'web01',
    host: 'web01',
    program: 'sshd',
    pid: 1,
    tty: null,
    session: null,
    loginId: null,
    account: 'alice',
    origin: null,
    mac: null,
    address: null,
    untilMs: null,
    ...said,
  };
}

const mac = '00-00-00-00-00-01';
const lease = (position: number, address: string): NewFact =>
  fact(position, {
    kind: 'lease',
    machine: 'dhcp',
    logStream: 'dhcp',
    host: null,
    mac,
    address,
    untilMs: start + 9 * hour,
  });

describe.runIf(serverUrl !== '')('learned facts', () => {
  let test: TestDatabase;
  let own: TenantDatabase;
  let other: TenantDatabase;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl);
    own = await newTenant();
    other = await newTenant();
  });
  afterAll(() => test.drop());

  async function newTenant(): Promise<TenantDatabase> {
    const names = { nameJa: '一', nameEn: 'One', timeZone: 'Asia/Tokyo', language: 'ja' };
    const tenant = await test.database.platform.createTenant({ slug: `facts-${randomUUID()}`, ...names });
    return test.database.forTenant(tenant.id);
  }

  async function learn(segmentId: string, learned: readonly NewFact[]): Promise<void> {
    await own.segments.register({
      segmentId,
      ingestNode: 'n',
      retentionPolicy: 'default',
      records: 1,
      bytes: 1,
      acceptedAt: new Date(start),
    });
    await own.segments.finishIndexed({
      segmentId,
      generation: 1,
      onlineDays: 90,
      streams: [],
      quarantined: [],
      learned,
      documents: null,
    });
  }

  it('stand in the place of what was learned of the segment before, however often it is indexed', async () => {
    const segmentId = randomUUID();
    await learn(segmentId, [fact(0, {}), fact(1, { account: 'bob' })]);
    await learn(segmentId, [fact(0, {}), fact(1, { account: 'bob' })]);
    expect(await own.learnedFacts.sessions(everything)).toHaveLength(2);
    await learn(segmentId, [fact(1, { account: 'carol' })]);
    expect(await own.learnedFacts.sessions(everything)).toEqual([{ ...fact(1, { account: 'carol' }), segmentId }]);
    expect(await other.learnedFacts.sessions(everything)).toEqual([]);
    await learn(segmentId, []);
    expect(await own.learnedFacts.sessions(everything)).toEqual([]);
  });

  it('are found by machine, by address and by the device that had it, within the time', async () => {
    const segmentId = randomUUID();
    const there = fact(5, { machine: 'db01', host: null, logStream: 'stream-7' });
    await learn(segmentId, [fact(0, {}), lease(1, '192.168.0.1'), lease(2, '192.168.0.9'), there]);
    const sessions = (names: string[], streams: string[]) =>
      own.learnedFacts.sessions({ ...everything, machines: { names, streams } });
    expect((await sessions(['web01'], [])).map(({ position }) => position)).toEqual([0]);
    expect(await sessions([], ['stream-7'])).toEqual([{ ...there, segmentId }]);
    expect(await sessions(['web02'], [])).toEqual([]);
    const leases = await own.learnedFacts.leases({ ...everything, addresses: ['192.168.0.1'] });
    expect(new Set(leases.map(({ address }) => address))).toEqual(new Set(['192.168.0.1', '192.168.0.9']));
    expect(leases[0]?.untilMs).toBe(start + 9 * hour);
    const early = { from: new Date(start), to: new Date(start + hour), limit: 1 };
    expect(await own.learnedFacts.leases(early)).toHaveLength(1);
    expect(await own.learnedFacts.sessions({ ...everything, limit: 1 })).toHaveLength(2);
  });

  it('go when what they are about is no longer online', async () => {
    await learn(randomUUID(), [fact(20, {}), fact(30, {})]);
    const removed = () => own.learnedFacts.removeBefore({ before: new Date(start + 30 * hour), limit: 4 });
    expect(await removed()).toBe(4);
    expect(await removed()).toBe(1);
    expect((await own.learnedFacts.sessions(everything)).map(({ position }) => position)).toEqual([30]);
  });
});
