import type { AuditEvent } from '@akashi/audit-trail';
import { tenantId } from '@akashi/database';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AuditContext } from './audit-trail.ts';
import { FollowedSearches } from './followed-searches.ts';

const context: AuditContext = {
  tenantId: tenantId('0199d0c0-0000-7000-8000-000000000001'),
  actor: { kind: 'user', id: 'u', name: '佐藤' },
  address: '192.0.2.7',
};
const start = Date.parse('2026-11-22T10:00:00Z');
const look = (second: number): AuditEvent => ({
  action: 'search',
  outcome: 'success',
  query: 'user.name:root',
  from: new Date(start + second * 1000 - 3_600_000).toISOString(),
  to: new Date(start + second * 1000).toISOString(),
  count: second,
});

let recorded: AuditEvent[] = [];
let isAway = false;
let follows: FollowedSearches;

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  recorded = [];
  isAway = false;
  follows = new FollowedSearches({
    now: () => new Date(),
    record: (_context, event) => {
      if (isAway) return Promise.reject(new Error('away'));
      recorded.push(event);
      return Promise.resolve();
    },
    logger: { warn: () => undefined },
    endsAfterMs: 60_000,
    summaryEveryMs: 300_000,
  });
});
afterEach(() => vi.useRealTimers());

const followFor = async (seconds: number): Promise<void> => {
  for (let at = 0; at <= seconds; at += 5) {
    await follows.add(context, look((Date.now() - start) / 1000), 'f');
    await vi.advanceTimersByTimeAsync(5_000);
  }
};

it('puts a follow on record as its start and its end, with what was followed and for how long', async () => {
  await followFor(20);
  expect(recorded).toEqual([{ ...look(0), action: 'live-tail' }]);
  await vi.advanceTimersByTimeAsync(90_000);
  expect(recorded).toHaveLength(2);
  expect(recorded[1]).toMatchObject({
    action: 'live-tail.end',
    query: 'user.name:root',
    from: look(0).from,
    to: look(20).to,
    count: 20,
    details: { looks: 5, since: '2026-11-22T10:00:00.000Z', until: '2026-11-22T10:00:20.000Z' },
  });
});

it('summarises a long one meanwhile, and stops it when that cannot be recorded', async () => {
  await followFor(305);
  expect(recorded.map(({ action }) => action)).toEqual(['live-tail', 'live-tail.end']);
  isAway = true;
  await expect(followFor(305)).rejects.toThrow('away');
  isAway = false;
  await followFor(0);
  expect(recorded.at(-1)).toMatchObject({ action: 'live-tail.end', details: { looks: 60 } });
});

it('loses none at its own end', async () => {
  await followFor(5);
  await follows.close();
  expect(recorded.map(({ action }) => action)).toEqual(['live-tail', 'live-tail.end']);
});
