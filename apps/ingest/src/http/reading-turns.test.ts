import { describe, expect, it } from 'vitest';
import { ReadingTurns } from './reading-turns.ts';

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns of reading', () => {
  it('come at once to whoever is alone', async () => {
    const turns = new ReadingTurns<string>();
    let isRead = false;
    void turns.next('a').then(() => (isRead = true));
    await Promise.resolve();
    expect(isRead).toBe(true);
  });

  it('are one in each turn of the event loop', async () => {
    const turns = new ReadingTurns<string>();
    let pieces = 0;
    const body = async (): Promise<void> => {
      for (let piece = 0; piece < 3; piece += 1) {
        await turns.next('a');
        pieces += 1;
      }
    };
    const bodies = Promise.all([body(), body()]);
    await turnOfTheLoop();
    const seen: number[] = [];
    while (pieces < 6) {
      seen.push(pieces);
      await turnOfTheLoop();
    }
    await bodies;
    expect(seen).toEqual([2, 3, 4, 5]);
  });

  it('go round among organisations, whoever came first', async () => {
    const turns = new ReadingTurns<string>();
    const order: string[] = [];
    const read = (tenant: string, name: string): Promise<void> => turns.next(tenant).then(() => void order.push(name));
    await Promise.all([
      read('a', 'a1'),
      read('a', 'a2'),
      read('a', 'a3'),
      read('a', 'a4'),
      read('b', 'b1'),
      read('b', 'b2'),
    ]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
  });

  it('are free again when all have read', async () => {
    const turns = new ReadingTurns<string>();
    await Promise.all([turns.next('a'), turns.next('b')]);
    await turnOfTheLoop();
    await turnOfTheLoop();
    let isRead = false;
    void turns.next('a').then(() => (isRead = true));
    await Promise.resolve();
    expect(isRead).toBe(true);
  });
});
