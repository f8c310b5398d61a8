import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines-of.ts';

async function read(chunks: readonly Uint8Array[]): Promise<string[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
  const lines: string[] = [];
  for await (const line of linesOf(stream)) lines.push(line);
  return lines;
}

/** The bytes cut at the places, wherever in a character those are. */
function cut(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1)))].toSorted((a, b) => a - b);
  return [...ends, bytes.length].map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
}

describe('the lines of a stream', () => {
  it('are the same however the bytes are cut', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => `"${text.replace(/[\r\n]/gu, '')}"`);
    await fc.assert(
      fc.asyncProperty(fc.array(line), fc.array(fc.nat(400)), fc.boolean(), async (lines, places, ended) => {
        const text = lines.join('\n') + (ended ? '\n' : '');
        expect(await read(cut(new TextEncoder().encode(text), places))).toEqual(lines);
      }),
    );
  });

  it('leave out what is empty', async () => {
    expect(await read([new TextEncoder().encode('\n{"a":1}\n\n')])).toEqual(['{"a":1}']);
  });

  it('cancel the stream when nobody reads on', async () => {
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode('a\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const line of linesOf(stream)) if (line === 'a') break;
    expect(cancelled).toBe(true);
  });
});
