import type { AuditEvent } from '@akashi/audit-trail';
import { tenantId } from '@akashi/database';
import { expect, it, vi } from 'vitest';
import { FaultTrail } from './fault-trail.ts';

const tenant = tenantId('0199d0c0-0000-7000-8000-000000000001');

it('tells the first failure at once, the others of a minute as one, and what could not be sent later', async () => {
  vi.useFakeTimers();
  try {
    const told: AuditEvent[] = [];
    let isAway = false;
    const trail = new FaultTrail({
      sender: {
        record: ({ event }) => {
          if (isAway) return Promise.reject(new Error('away'));
          told.push(event);
          return Promise.resolve();
        },
        close: () => Promise.resolve(),
      },
      logger: { warn: () => undefined },
      now: () => new Date(),
    });
    const fail = (): void => trail.report(tenant, { action: 'job.failed', reason: 'search-unavailable' });
    fail();
    await vi.advanceTimersByTimeAsync(1);
    expect(told).toHaveLength(1);
    fail();
    fail();
    isAway = true;
    await vi.advanceTimersByTimeAsync(61_000);
    expect(told).toHaveLength(1);
    isAway = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told.at(-1)).toMatchObject({ action: 'job.failed', outcome: 'failure', details: { times: 2 } });
    await vi.advanceTimersByTimeAsync(61_000);
    fail();
    await trail.close();
    expect(told).toHaveLength(3);
  } finally {
    vi.useRealTimers();
  }
});
