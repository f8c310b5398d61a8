import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

/**
 * What this thread is told: batches of one body at a steady pace. It answers the milliseconds of each, but of those in
 * the first seconds, in which its connections are made and its code is compiled.
 */
export interface PacedLoad {
  readonly port: number;
  readonly ingestKey: string;
  readonly body: Uint8Array;
  readonly batchesPerSecond: number;
  readonly warmSeconds: number;
  readonly seconds: number;
}

const load = workerData as PacedLoad;
const body = Buffer.from(load.body);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Resolves with the milliseconds from when the batch was due until its receipt was read. */
function post(dueAt: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      host: '127.0.0.1',
      port: load.port,
      method: 'POST',
      path: '/v1/log-groups/bench/log-streams/one/records',
      headers: {
        authorization: `Bearer ${load.ingestKey}`,
        'content-type': 'application/x-ndjson',
        'content-length': body.length,
      },
    };
    const outgoing = request(options, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === 201) resolve(performance.now() - dueAt);
        else reject(new Error(`a batch was answered with ${answer.statusCode}`));
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

const begun = performance.now();
const latencies: Promise<number>[] = [];
for (let n = 0; n < (load.warmSeconds + load.seconds) * load.batchesPerSecond; n += 1) {
  const dueAt = begun + (n / load.batchesPerSecond) * 1000;
  const wait = dueAt - performance.now();
  if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  latencies.push(post(dueAt));
}
const measured = await Promise.all(latencies);
parentPort?.postMessage(measured.slice(Math.ceil(load.warmSeconds * load.batchesPerSecond)));
agent.destroy();
