import { describe, expect, it } from 'vitest';
import { createBulkSlots } from './bulk-slots.ts';

describe('bulk slots', () => {
  it('lets in as many as there are, then whoever came first', async () => {
    const slots = createBulkSlots(1);
    const [early, late] = [slots.nextTurn(), slots.nextTurn()];
    const release = await slots.take(late);
    const order: string[] = [];
    const take = async (turn: number, name: string): Promise<void> => {
      const free = await slots.take(turn);
      order.push(name);
      free();
    };
    const second = take(late, 'late');
    const first = take(early, 'early');
    release();
    await Promise.all([first, second]);
    expect(order).toEqual(['early', 'late']);
  });

  it('gives a slot back once, however often it is released', async () => {
    const slots = createBulkSlots(1);
    const release = await slots.take(1);
    release();
    release();
    await slots.take(2);
    const aborting = new AbortController();
    const third = slots.take(3, aborting.signal);
    aborting.abort();
    await expect(third).rejects.toMatchObject({ code: 'search-aborted' });
  });

  it('passes over those that gave up', async () => {
    const slots = createBulkSlots(1);
    const release = await slots.take(1);
    const aborting = new AbortController();
    const gone = slots.take(2, aborting.signal);
    const waiting = slots.take(3);
    aborting.abort();
    await expect(gone).rejects.toMatchObject({ code: 'search-aborted' });
    release();
    (await waiting)();
    (await slots.take(4))();
  });
});
