import { execFileSync } from 'node:child_process';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { startIngestProcess, waitUntil, type IngestProcess } from './b1-ingest-process.ts';
import type { PacedLoad } from './b1-paced-sender.ts';
import { hasRsyslog, startRsyslog } from './b1-rsyslog-peer.ts';
import { median, percentile, round, type Figure } from './figure.ts';

const rounds = 5;
const linesPerBatch = 1000;
const ourLines = 300_000;
const durablePeerLines = 12_000;
const connections = 4;
const concurrentRequests = 8;
const latencySeconds = 15;
const latencyWarmSeconds = 2;

type BodyKind = 'text' | 'ndjson';

function line(n: number): string {
  const second = String(n % 60).padStart(2, '0');
  return `<86>Nov 22 10:17:${second} web-${n % 7} sshd[${20_000 + (n % 999)}]: Accepted publickey for deploy from 10.0.${n % 256}.7 port ${40_000 + (n % 9000)} ssh2`;
}

function syslogStream(count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, n) => `${line(n)}\n`).join(''));
}

function httpBody(kind: BodyKind): Buffer {
  const lines = Array.from({ length: linesPerBatch }, (_, n) =>
    kind === 'text' ? line(n) : JSON.stringify({ message: line(n), level: 'info', n }),
  );
  return Buffer.from(`${lines.join('\n')}\n`);
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Posts one batch; resolves with the milliseconds until its receipt was read. */
function post(ingest: IngestProcess, body: Buffer, kind: BodyKind): Promise<number> {
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        agent,
        host: '127.0.0.1',
        port: ingest.httpPort,
        method: 'POST',
        path: '/v1/log-groups/bench/log-streams/one/records',
        headers: {
          authorization: `Bearer ${ingest.ingestKey}`,
          'content-type': kind === 'text' ? 'text/plain' : 'application/x-ndjson',
          'content-length': body.length,
        },
      },
      (answer) => {
        answer.resume();
        answer.once('end', () => {
          if (answer.statusCode === 201) resolve(performance.now() - begun);
          else reject(new Error(`a batch was answered with ${answer.statusCode}`));
        });
      },
    );
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** Acknowledged records a second over HTTP. */
async function measureHttp(ingest: IngestProcess, kind: BodyKind): Promise<number> {
  const body = httpBody(kind);
  let left = ourLines / linesPerBatch;
  const begun = performance.now();
  const senders = Array.from({ length: concurrentRequests }, async () => {
    while (left > 0) {
      left -= 1;
      await post(ingest, body, kind);
    }
  });
  await Promise.all(senders);
  const seconds = (performance.now() - begun) / 1000;
  await ingest.dropSegments();
  return ourLines / seconds;
}

/** Writes the stream over several connections at once. */
async function sendOverTcp(port: number, stream: Buffer): Promise<void> {
  const sends = Array.from({ length: connections }, async () => {
    const socket = connect(port, '127.0.0.1');
    socket.end(stream);
    socket.resume();
    await once(socket, 'finish');
  });
  await Promise.all(sends);
}

/** Records a second over syslog TCP until the last is durable, by the counter that moves after fdatasync. */
async function measureTcp(ingest: IngestProcess): Promise<number> {
  const stream = syslogStream(ourLines / connections);
  const before = await ingest.acceptedRecords('syslog-tcp');
  const begun = performance.now();
  await sendOverTcp(ingest.syslogPort, stream);
  await waitUntil(async () => (await ingest.acceptedRecords('syslog-tcp')) - before >= ourLines, 120_000, 20);
  const seconds = (performance.now() - begun) / 1000;
  await ingest.dropSegments();
  return ourLines / seconds;
}

async function measureRsyslog(kind: 'durable' | 'fast'): Promise<number> {
  const count = kind === 'durable' ? durablePeerLines : ourLines;
  const stream = syslogStream(count / connections);
  const peer = await startRsyslog(kind);
  try {
    const begun = performance.now();
    await sendOverTcp(peer.port, stream);
    await waitUntil(async () => (await peer.writtenBytes()) >= stream.length * connections, 180_000, 20);
    return count / ((performance.now() - begun) / 1000);
  } finally {
    await peer.stop();
  }
}

/**
 * Latencies of batches sent at a steady pace whatever the answers do, each from the moment when it was due: a stall is
 * seen by all who wait in it. A thread of its own sends them, so that nothing here delays what it measures.
 */
async function measureLatency(ingest: IngestProcess, batchesPerSecond: number): Promise<number[]> {
  const load: PacedLoad = {
    port: ingest.httpPort,
    ingestKey: ingest.ingestKey,
    body: httpBody('ndjson'),
    batchesPerSecond,
    warmSeconds: latencyWarmSeconds,
    seconds: latencySeconds,
  };
  const sender = new Worker(new URL('./b1-paced-sender.ts', import.meta.url), { workerData: load });
  const [measured] = (await once(sender, 'message')) as [number[]];
  await sender.terminate();
  await ingest.dropSegments();
  return measured;
}

export async function run(): Promise<Figure[]> {
  if (!hasRsyslog) throw new Error('rsyslogd is not installed, and without it there is nothing to compare with');
  const ingest = await startIngestProcess();
  const rates: Record<'text' | 'ndjson' | 'tcp' | 'durable' | 'fast', number[]> = {
    text: [],
    ndjson: [],
    tcp: [],
    durable: [],
    fast: [],
  };
  try {
    await measureHttp(ingest, 'ndjson');
    for (let n = 0; n < rounds; n += 1) {
      rates.ndjson.push(await measureHttp(ingest, 'ndjson'));
      rates.durable.push(await measureRsyslog('durable'));
      rates.tcp.push(await measureTcp(ingest));
      rates.fast.push(await measureRsyslog('fast'));
      rates.text.push(await measureHttp(ingest, 'text'));
    }
    const paced = median(rates.ndjson) / linesPerBatch / 2;
    // What the rounds before left to the disk, written or removed, is not what these batches wait for.
    execFileSync('sync');
    const latencies = await measureLatency(ingest, paced);
    const durable = median(rates.durable);
    const ratio = (figure: string, ours: number[]): Figure => ({
      bench: 'B1',
      figure,
      value: round(median(ours) / durable),
      unit: 'x rsyslog with a synced disk queue',
      peer: Math.round(durable),
      ours: Math.round(median(ours)),
      n: ourLines * rounds,
    });
    const milliseconds = (figure: string, share: number): Figure => {
      const value = round(percentile(latencies, share));
      return { bench: 'B1c', figure, value, unit: 'ms', peer: value, ours: value, n: latencies.length };
    };
    const fast = median(rates.fast);
    const tcp = median(rates.tcp);
    return [
      ratio('ratio', rates.ndjson),
      ratio('ratio-text', rates.text),
      ratio('ratio-syslog-tcp', rates.tcp),
      {
        bench: 'B1b',
        figure: 'ratio',
        value: round(tcp / fast),
        unit: 'x rsyslog imptcp to omfile, not durable',
        peer: Math.round(fast),
        ours: Math.round(tcp),
        n: ourLines * rounds,
      },
      milliseconds('p50', 0.5),
      milliseconds('p99', 0.99),
    ];
  } finally {
    agent.destroy();
    await ingest.stop();
  }
}

if (import.meta.main) for (const figure of await run()) console.log(JSON.stringify(figure));
