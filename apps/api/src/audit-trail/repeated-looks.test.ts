import type { AuditEvent } from '@akashi/audit-trail';
import { tenantId } from '@akashi/database';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AuditContext } from './audit-trail.ts';
import { RepeatedLooks } from './repeated-looks.ts';

const context: AuditContext = {
  tenantId: tenantId('0199d0c0-0000-7000-8000-000000000001'),
  actor: { kind: 'user', id: 'u', name: '佐藤' },
  address: '192.0.2.7',
};
const look = (minute: string): AuditEvent => ({
  action: 'search',
  outcome: 'success',
  query: 'a',
  from: `2026-11-22T10:${minute}:00Z`,
  to: `2026-11-22T10:${minute}:30Z`,
  count: 2,
});

beforeEach(() => vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00Z') }));
afterEach(() => vi.useRealTimers());

it('records the first look at once and the others of its minute as one, none dropped', async () => {
  const recorded: AuditEvent[] = [];
  let isAway = false;
  const looks = new RepeatedLooks({
    now: () => new Date(),
    record: (_context, event) => {
      if (isAway) return Promise.reject(new Error('away'));
      recorded.push(event);
      return Promise.resolve();
    },
    logger: { warn: () => undefined },
  });
  await looks.add(context, look('00'), 'k');
  expect(recorded).toHaveLength(1);
  await looks.add(context, look('02'), 'k');
  await looks.add(context, look('01'), 'k');
  await looks.add(context, look('05'), 'another key');
  expect(recorded).toHaveLength(2);
  isAway = true;
  await vi.advanceTimersByTimeAsync(80_000);
  expect(recorded).toHaveLength(2);
  await expect(looks.add(context, look('03'), 'k')).rejects.toThrow('away');
  isAway = false;
  await looks.close();
  expect(recorded.at(-1)).toMatchObject({
    from: '2026-11-22T10:01:00Z',
    to: '2026-11-22T10:02:30Z',
    count: 4,
    details: { repeated: 2, since: '2026-11-22T10:00:00.000Z' },
  });
});

it('remembers no more different looks than it has room for, and records those beyond by themselves', async () => {
  const recorded: AuditEvent[] = [];
  const record = (_context: AuditContext, event: AuditEvent): Promise<void> => {
    recorded.push(event);
    return Promise.resolve();
  };
  const looks = new RepeatedLooks({ record, logger: { warn: () => undefined }, now: () => new Date(), mostLooks: 2 });
  for (const key of ['a', 'b', 'c', 'c', 'c', 'a']) await looks.add(context, look('00'), key);
  expect(recorded).toHaveLength(5);
  await looks.close();
  expect(recorded).toHaveLength(6);
  expect(recorded.at(-1)?.details).toMatchObject({ repeated: 1 });
});
