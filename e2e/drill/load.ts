import { setTimeout as delay } from 'node:timers/promises';
import type { LineLedger } from './line-ledger.ts';

export interface LoadTarget {
  readonly ingestUrl: string;
  readonly ingestKey: string;
  readonly logGroup: string;
}

const linesPerRequest = 50;
/** With three senders some 600 lines a second: enough to be in every step at any time, little enough to drain at once. */
const pauseMs = 250;
const giveUpAfterMs = 120_000;

/** One batch, sent until it is acknowledged: the same key and bytes each time, as a careful sender does. */
async function sendUntilAcknowledged(target: LoadTarget, ledger: LineLedger, signal: AbortSignal): Promise<void> {
  const { first, lines } = ledger.makeLines(linesPerRequest);
  const key = `${ledger.run}-${first}`;
  const url = `${target.ingestUrl}/v1/log-groups/${encodeURIComponent(target.logGroup)}/log-streams/load/records`;
  const giveUpAt = Date.now() + giveUpAfterMs;
  while (!signal.aborted || Date.now() < giveUpAt) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${target.ingestKey}`, 'content-type': 'text/plain', 'idempotency-key': key },
      body: `${lines.join('\n')}\n`,
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
    if (answer?.status === 201) {
      ledger.acknowledge(first, lines.length);
      return;
    }
    if (answer !== undefined && answer.status >= 400 && answer.status < 429) {
      throw new Error(`the load was refused with ${answer.status}: ${await answer.text()}`);
    }
    if (Date.now() > giveUpAt) return;
    await delay(150);
  }
}

/** Sends batches from several senders until `stop` is called; `stop` waits for the batches under way. */
export function startLoad(target: LoadTarget, ledger: LineLedger, senders = 3): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loops = Array.from({ length: senders }, async () => {
    while (!stopping.signal.aborted) {
      await sendUntilAcknowledged(target, ledger, stopping.signal);
      await delay(pauseMs);
    }
  });
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}
