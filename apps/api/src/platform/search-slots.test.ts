import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SearchSlots } from './search-slots.ts';

describe('the searches of one organisation at a time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are as many as its quota; the next waits for one to end, in order', async () => {
    const slots = new SearchSlots();
    const order: string[] = [];
    const first = await slots.take({ tenantId: 'a', limit: 1 });
    const waiting = ['second', 'third'].map(async (name) => {
      const release = await slots.take({ tenantId: 'a', limit: 1 });
      order.push(name);
      release();
    });
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual([]);
    first();
    first();
    await Promise.all(waiting);
    expect(order).toEqual(['second', 'third']);
  });

  it('end in a refusal after a while, at once when too many wait, and never for another organisation', async () => {
    const slots = new SearchSlots();
    const release = await slots.take({ tenantId: 'a', limit: 1 });
    const late = [1, 2, 3, 4].map(() => slots.take({ tenantId: 'a', limit: 1 }).catch((error: unknown) => error));
    await expect(slots.take({ tenantId: 'a', limit: 1 })).rejects.toMatchObject({ code: 'quota-exceeded' });
    await slots.take({ tenantId: 'b', limit: 1 });
    await vi.advanceTimersByTimeAsync(3_000);
    for (const outcome of await Promise.all(late)) expect(outcome).toMatchObject({ code: 'quota-exceeded' });
    release();
    (await slots.take({ tenantId: 'a', limit: 1 }))();
  });
});
