import { mergeHostTimes, type HostTime } from '@akashi/policy';
import type { TenantId } from '@akashi/database';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { rebuildIndex } from '../rebuild/rebuild-index.ts';
import { deciderOf } from './decide.fixtures.ts';
import { watchClocks } from './watch-clocks.ts';

// Real: PostgreSQL, OpenSearch, disk, worker threads.
let pipeline: TestPipeline;

beforeAll(async () => {
  pipeline = await openTestPipeline();
});
afterAll(() => pipeline.close());

const signal = AbortSignal.timeout(300_000);

async function index(tenantId: TenantId, segmentId: string): Promise<void> {
  await processSegment(pipeline.parts, { tenantId, segmentId, lane: 'express', signal });
}

async function takeIn(tenantId: TenantId, logStream: string, lines: readonly string[]): Promise<void> {
  await index(tenantId, await pipeline.land(lines, { tenantId, logGroup: 'ntpd', logStream }));
  await pipeline.parts.openBlocks.sealAll(tenantId);
  await deciderOf(pipeline.parts).decide(tenantId);
}

async function hosts(tenantId: TenantId): Promise<Record<string, HostTime | null>> {
  const rows = await pipeline.parts.database.forTenant(tenantId).hostTimes.list();
  const byMachine = Map.groupBy(rows, ({ machine }) => machine);
  return Object.fromEntries(
    [...byMachine].map(([machine, all]) => [machine, mergeHostTimes(all.map(({ time }) => time))]),
  );
}

async function incidents(tenantId: TenantId): Promise<string[]> {
  const from = new Date('2020-01-01');
  const found = await pipeline.parts.database
    .forTenant(tenantId)
    .incidents.during({ from, to: new Date('2040-01-01'), limit: 50 });
  return found.map(({ kind, where, cause }) => `${kind} ${where} ${cause}`);
}

const begins = [
  '26 Feb 13:49:00 ntpd[7533]: 0.0.0.0 c016 06 restart',
  '26 Feb 13:49:00 ntpd[7533]: 0.0.0.0 c012 02 freq_set kernel 25.435 PPM',
  '26 Feb 13:49:01 ntpd[7533]: 192.0.2.1 963a 8a sys_peer',
  '26 Feb 13:49:01 ntpd[7533]: 0.0.0.0 c615 05 clock_sync',
];

it('tells the first story: two hosts, one stops ntpd, one is stepped by hand', async () => {
  const { tenantId, parts } = pipeline;
  await takeIn(tenantId, 'i-0a1', begins);
  await takeIn(tenantId, 'i-0b2', begins);
  const inSync = { state: 'synchronized', server: '192.0.2.1', stepCount: 0 };
  expect(await hosts(tenantId)).toMatchObject({ 'i-0a1': inSync, 'i-0b2': inSync });
  expect(await incidents(tenantId)).toEqual([]);

  await takeIn(tenantId, 'i-0a1', ['26 Feb 14:10:00 ntpd[7533]: ntpd exiting on signal 15']);
  await takeIn(tenantId, 'i-0b2', [
    'Feb 26 14:20:00 i-0b2 sudo: tanaka : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/date -s 12:00:00',
    'Feb 26 12:00:00 i-0b2 systemd[1]: Time has been changed',
  ]);
  expect(await hosts(tenantId)).toMatchObject({
    'i-0a1': { state: 'stopped', server: null },
    'i-0b2': { state: 'stepped', stepCount: 1, steps: [{ by: 'person', account: 'tanaka', lines: 2 }] },
  });
  expect(await incidents(tenantId)).toEqual(['clock-stepped host i-0b2 set-by-hand']);

  const look = async (minutes: number): Promise<string[]> => {
    const now = (): Date => new Date(Date.now() + minutes * 60_000);
    const found = await watchClocks({ database: parts.database, now }).look();
    return found.filter(({ owner }) => owner === tenantId).map(({ where, cause }) => `${where} ${cause}`);
  };
  expect(await look(29)).toEqual([]);
  expect(await look(31)).toEqual(['host i-0a1 service-stopped', 'host i-0b2 set-by-hand']);

  await takeIn(tenantId, 'i-0a1', begins);
  await takeIn(tenantId, 'i-0b2', ['26 Feb 14:30:01 ntpd[7533]: 0.0.0.0 c615 05 clock_sync']);
  expect(await look(31)).toEqual([]);
  const settings = {
    servers: [{ address: '192.0.2.128/25', note: '' }],
    groups: [],
    changedBy: 'sato',
    at: new Date(),
  };
  await parts.database.forTenant(tenantId).timeSettings.put(settings, () => Promise.resolve());
  expect(await look(0)).toEqual(['host i-0a1 peer-undesignated', 'host i-0b2 peer-undesignated']);
});

it('folds a line once and in the order of the log, whichever segment is indexed first and whatever is done again', async () => {
  const { tenantId } = pipeline;
  const first = await pipeline.land(begins, { tenantId, logGroup: 'ntpd', logStream: 'late' });
  const second = await pipeline.land(['26 Feb 14:10:00 ntpd[7533]: ntpd exiting on signal 15'], {
    tenantId,
    logGroup: 'ntpd',
    logStream: 'late',
  });
  const { parts, crash } = pipeline;
  const fold = (): Promise<void> => deciderOf(parts).decide(tenantId);
  // The first is in the log and its documents are not there yet.
  crash.arm('index-after-bulk');
  await expect(index(tenantId, first)).rejects.toThrow('crash');
  const restarted = pipeline.restart();
  await processSegment(restarted, { tenantId, segmentId: second, lane: 'express', signal });
  await restarted.openBlocks.sealAll(tenantId);
  await fold();
  expect(await hosts(tenantId)).not.toHaveProperty('late');
  await processSegment(restarted, { tenantId, segmentId: first, lane: 'express', signal });
  await restarted.openBlocks.sealAll(tenantId);
  await Promise.all([fold(), fold()]);
  const folded = await hosts(tenantId);
  expect(folded).toMatchObject({ late: { state: 'stopped', stepCount: 0 } });
  await rebuildIndex(restarted, tenantId, true);
  await fold();
  expect(await hosts(tenantId)).toEqual(folded);
});
