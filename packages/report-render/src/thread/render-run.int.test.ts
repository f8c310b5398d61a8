import { describe, expect, it } from 'vitest';
import { runCsv } from '../csv/run-csv.ts';
import { bytesOf, frozen, headOf, row } from '../rows/run.fixtures.ts';
import { RenderingError } from './on-thread.ts';
import { renderRun } from './render-run.ts';

const rows = Array.from({ length: 3_000 }, (_, index) => row({ user: `user${index}` }));

describe('a file made on its own thread', () => {
  it('is the file', async () => {
    const head = headOf(rows);
    const made = await bytesOf(renderRun({ head, format: 'csv', language: 'en' }, frozen(rows, 60_000)));
    expect(made.equals(await bytesOf(runCsv({ head, language: 'en' }, frozen(rows, 60_000))))).toBe(true);
  });

  it('fails when its rows cannot be read', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* frozen(rows.slice(0, 10));
      throw new Error('the archive went away');
    }
    const made = bytesOf(renderRun({ head: headOf(rows), format: 'csv', language: 'en' }, broken()));
    await expect(made).rejects.toThrow(RenderingError);
  });

  it('ends, and closes what it reads, when nobody reads it any more', async () => {
    let isClosed = false;
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield* frozen(rows.slice(0, 600), 60_000);
      } finally {
        isClosed = true;
      }
    }
    for await (const chunk of renderRun({ head: headOf(rows), format: 'csv', language: 'en' }, endless())) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    expect(isClosed).toBe(true);
  });

  it('waits while two others are made, and begins when one of them ends', async () => {
    const begun: number[] = [];
    const render = (number: number): AsyncGenerator<Uint8Array> => {
      async function* source(): AsyncGenerator<Uint8Array> {
        begun.push(number);
        for (;;) yield* frozen(rows.slice(0, 600), 60_000);
      }
      return renderRun({ head: headOf(rows), format: 'csv', language: 'en' }, source());
    };
    const [first, second, third] = [render(1), render(2), render(3)];
    await Promise.all([first.next(), second.next()]);
    const waiting = third.next();
    await Promise.all([first.next(), second.next()]);
    expect(new Set(begun)).toEqual(new Set([1, 2]));
    await first.return(undefined);
    expect((await waiting).done).toBe(false);
    expect(new Set(begun)).toEqual(new Set([1, 2, 3]));
    await Promise.all([second.return(undefined), third.return(undefined)]);
  });
});
