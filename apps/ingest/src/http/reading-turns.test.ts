import { describe, expect, it } from 'vitest';
import { ReadingTurns } from './reading-turns.ts';

const turnOfTheLoop = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Reads so many pieces of a body; `onPiece` is called within each turn. */
async function read(turns: ReadingTurns<string>, tenant: string, body: { pieces: number; onPiece: () => void }) {
  const turn = turns.of(tenant);
  for (let piece = 0; piece < body.pieces; piece += 1) {
    await turn.begin();
    body.onPiece();
    turn.end();
  }
}

describe('turns of reading', () => {
  it('come at once to whoever is alone', async () => {
    const turn = new ReadingTurns<string>().of('a');
    let isRead = false;
    void turn.begin().then(() => (isRead = true));
    await Promise.resolve();
    await Promise.resolve();
    expect(isRead).toBe(true);
  });

  it('are one at a time, for as long as it takes, and one in each turn of the event loop', async () => {
    const turns = new ReadingTurns<string>();
    const first = turns.of('a');
    await first.begin();
    let pieces = 0;
    const others = Promise.all([1, 2].map(() => read(turns, 'a', { pieces: 2, onPiece: () => (pieces += 1) })));
    await turnOfTheLoop();
    await turnOfTheLoop();
    expect(pieces).toBe(0);
    first.end();
    const seen: number[] = [];
    while (pieces < 4) {
      await turnOfTheLoop();
      seen.push(pieces);
    }
    await others;
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('go round among organisations, and among the bodies of one', async () => {
    const turns = new ReadingTurns<string>();
    const order: string[] = [];
    const body = (tenant: string, name: string, pieces: number): Promise<void> =>
      read(turns, tenant, { pieces, onPiece: () => order.push(name) });
    await Promise.all([body('a', 'a1', 2), body('a', 'a2', 2), body('a', 'a3', 1), body('b', 'b1', 2)]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b1', 'a1', 'a2']);
  });

  it('are for eight large bodies of an organisation at a time, and for small ones between them', async () => {
    const turns = new ReadingTurns<string>();
    const ended: number[] = [];
    const large = Array.from({ length: 20 }, async (_, index) => {
      await read(turns, 'a', { pieces: 40, onPiece: () => undefined });
      ended.push(index);
    });
    let smallAt = -1;
    const small = (async () => {
      for (let turn = 0; turn < 500; turn += 1) await turnOfTheLoop();
      await read(turns, 'a', { pieces: 2, onPiece: () => undefined });
      smallAt = ended.length;
    })();
    await Promise.all([...large, small]);
    expect(ended.slice(0, 8).every((index) => index < 8)).toBe(true);
    expect(smallAt).toBeLessThan(12);
  });

  it('are free again when all have read, and when a body ends within its turn', async () => {
    const turns = new ReadingTurns<string>();
    const broken = turns.of('a');
    await broken.begin();
    broken.end();
    broken.end();
    await turnOfTheLoop();
    await Promise.all(['a', 'b'].map((tenant) => read(turns, tenant, { pieces: 1, onPiece: () => undefined })));
    await turnOfTheLoop();
    let isRead = false;
    void turns
      .of('a')
      .begin()
      .then(() => (isRead = true));
    await Promise.resolve();
    await Promise.resolve();
    expect(isRead).toBe(true);
  });
});
