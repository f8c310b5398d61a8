import { setPriority } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { inLanes, keepAlive, sendLines } from './bench-http.ts';
import { makeLines, textBodies } from './bench-lines.ts';

// A process of its own, as a sender is: it must not share its thread with the one whose waiting is measured.

export interface FloodOrder {
  readonly url: string;
  readonly ingestKey: string;
  /** Requests of the beginning, which only warm the way. */
  readonly warmRequests: number;
}

export type FloodWord =
  | { readonly word: 'warm'; readonly records: number }
  | { readonly word: 'ended'; readonly accepted: number; readonly refused: number };

const connections = 6;
const lineCount = 100_000;
const linesPerRequest = 1_000;
/** After a refusal it comes back sooner than it was told. */
const impatientMs = 250;

/** It stands for other machines: of the processors here it takes what nobody else wants. */
setPriority(19);

const post = ({ url, ingestKey }: FloodOrder, body: Buffer): Promise<number> => sendLines(url, ingestKey, body);
const say = (word: FloodWord): void => void process.send?.(word);
const bodies = textBodies(makeLines(lineCount, 20_261_122), linesPerRequest);
const stopping = new AbortController();

/** Sends as fast as it is let, over several connections, and does not take no for an answer. */
async function flood(order: FloodOrder): Promise<void> {
  let [next, accepted, refused] = [0, 0, 0];
  const lane = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const body = bodies[next++ % bodies.length] ?? Buffer.alloc(0);
      if ((await post(order, body).catch(() => 0)) === 201) accepted += linesPerRequest;
      else {
        refused += 1;
        await delay(impatientMs);
      }
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  say({ word: 'ended', accepted, refused });
}

async function warm(order: FloodOrder): Promise<void> {
  await inLanes(bodies.slice(0, order.warmRequests), connections, (body) => post(order, body));
  say({ word: 'warm', records: order.warmRequests * linesPerRequest });
}

let given: FloodOrder | undefined;
process.on('message', (message: FloodOrder | 'flood' | 'stop') => {
  if (message === 'stop') stopping.abort();
  else if (message === 'flood') {
    if (given === undefined) throw new Error('told to flood before being told where');
    void flood(given).finally(() => process.disconnect());
  } else {
    given = message;
    void warm(message);
  }
});
process.once('disconnect', () => keepAlive.destroy());
