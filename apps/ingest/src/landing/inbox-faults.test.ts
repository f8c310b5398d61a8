import { createLogger } from '@akashi/server-kit';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openInboxFaults } from './inbox-faults.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-28T00:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
});

const incidents = { inboxFails: vi.fn(() => Promise.resolve()), inboxWorks: vi.fn(() => Promise.resolve()) };

it('tells a time in which the inbox took nothing, once it takes again', async () => {
  const told: unknown[] = [];
  let works = false;
  const faults = openInboxFaults({
    checkWrites: () => (works ? Promise.resolve() : Promise.reject(new Error('writes to the inbox fail'))),
    trail: () => ({
      record(entry) {
        told.push(entry);
        return Promise.resolve();
      },
    }),
    platform: () => Promise.resolve('platform-1'),
    incidents,
    logger: createLogger({ name: 'test', level: 'silent' }),
    now: () => new Date(),
    everyMs: 1000,
  });
  await vi.advanceTimersByTimeAsync(5_000);
  for (let times = 0; times < 3; times += 1) {
    faults.note(Object.assign(new Error('not for the trail'), { code: 'EIO' }));
    await vi.advanceTimersByTimeAsync(2_000);
  }
  expect(told).toEqual([]);
  expect(incidents.inboxFails.mock.calls).toEqual([
    ['EIO', 1],
    ['EIO', 1],
    ['EIO', 1],
  ]);
  expect(incidents.inboxWorks).not.toHaveBeenCalled();
  works = true;
  await vi.advanceTimersByTimeAsync(3_000);
  const event = {
    action: 'inbox.failed',
    outcome: 'failure',
    reason: 'inbox-not-writable',
    target: { kind: 'service', name: 'ingest' },
    count: 3,
    details: { error: 'EIO', since: '2026-11-28T00:00:05.000Z', until: '2026-11-28T00:00:09.000Z' },
  };
  expect(told).toMatchObject([{ tenantId: 'platform-1', actor: { kind: 'system' }, event }]);
  expect(incidents.inboxWorks).toHaveBeenCalled();

  faults.note('no error at all');
  await faults.close();
  expect(told.slice(1)).toMatchObject([{ event: { count: 1, details: { error: 'unknown' } } }]);
  expect(JSON.stringify(told)).not.toContain('not for the trail');
});

it('keeps what could not be told, and adds what came meanwhile', async () => {
  const counts: (number | undefined)[] = [];
  let platform: string | null = null;
  let refusals = 1;
  const faults = openInboxFaults({
    checkWrites: () => Promise.resolve(),
    trail: () => ({
      record({ event }) {
        faults.note(new Error('another'));
        if (refusals > 0) {
          refusals -= 1;
          return Promise.reject(new Error('refused'));
        }
        counts.push(event.count);
        return Promise.resolve();
      },
    }),
    platform: () => Promise.resolve(platform),
    incidents,
    logger: createLogger({ name: 'test', level: 'silent' }),
    now: () => new Date(),
    everyMs: 1000,
  });
  faults.note(new Error('first'));
  await vi.advanceTimersByTimeAsync(2_000);
  expect(refusals).toBe(1);
  platform = 'platform-1';
  await vi.advanceTimersByTimeAsync(3_000);
  expect(counts).toEqual([2, 1]);
  await faults.close();
});
