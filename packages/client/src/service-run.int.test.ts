import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { AuditUnavailableError, type AuditSender } from './audit-sender.ts';
import { startServiceRun } from './service-run.ts';

const folder = mkdtempSync(join(tmpdir(), 'akashi-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Told = Parameters<AuditSender['record']>[0]['event'];

function fakeTrail() {
  const told: Told[] = [];
  const trail = {
    told,
    isAway: false,
    record: ({ event }: { event: Told }): Promise<void> => {
      if (trail.isAway) return Promise.reject(new AuditUnavailableError('away'));
      told.push(event);
      return Promise.resolve();
    },
  };
  return trail;
}

it('tells starts and stops, late when it must, and that a killed run had no stop', async () => {
  const trail = fakeTrail();
  const start = () =>
    startServiceRun({
      sender: trail,
      service: 'worker',
      version: '1.2.3',
      folder,
      port: 3003,
      tenantId: () => Promise.resolve('platform'),
      clock: { offsetSeconds: 0, now: () => new Date() },
      retryMs: 20,
    });
  const first = start();
  await vi.waitFor(() => expect(trail.told).toHaveLength(1));
  expect(trail.told[0]).toMatchObject({ action: 'service.start', details: { version: '1.2.3' } });
  expect(trail.told[0]?.details).not.toHaveProperty('lastRunStopped');
  await first.stop();
  expect(trail.told[1]).toMatchObject({ action: 'service.stop', target: { kind: 'service', name: 'worker' } });
  // Killed: nothing is told, nothing is written.
  start();
  await vi.waitFor(() => expect(trail.told).toHaveLength(3));
  expect(trail.told[2]).toMatchObject({ action: 'service.start', details: { lastRunStopped: true } });
  trail.isAway = true;
  const third = start();
  await third.stop();
  trail.isAway = false;
  await start().stop();
  expect(trail.told.slice(3)).toMatchObject([
    { action: 'service.start', details: { lastRunStopped: false, lastInstance: trail.told[2]?.target?.id } },
    { action: 'service.stop' },
    { action: 'service.start', details: { lastRunStopped: true } },
    { action: 'service.stop' },
  ]);
});

it('tells that the worker’s clock is moved, and that it stands as the machine’s again', async () => {
  const trail = fakeTrail();
  const own = join(folder, 'moved');
  const runOnce = async (offsetSeconds: number, service: 'worker' | 'api' = 'worker') => {
    const now = (): Date => new Date(Date.now() + offsetSeconds * 1000);
    const run = startServiceRun({
      sender: trail,
      service,
      version: '1.2.3',
      folder: own,
      port: 3003,
      tenantId: () => Promise.resolve('platform'),
      clock: { offsetSeconds, now },
      retryMs: 20,
    });
    await run.stop();
    return trail.told.splice(0).map(({ action, details }) => [action, details?.['offsetSeconds']]);
  };
  const start = ['service.start', undefined];
  const stop = ['service.stop', undefined];
  expect(await runOnce(0)).toEqual([start, stop]);
  expect(await runOnce(31_536_000)).toEqual([start, ['clock.moved', 31_536_000], stop]);
  expect(await runOnce(0)).toEqual([start, ['clock.moved', 0], stop]);
  expect(await runOnce(0)).toEqual([start, stop]);
  expect(await runOnce(5, 'api')).toEqual([start, stop]);
});
