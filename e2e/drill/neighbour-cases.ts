import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { percentile, round } from '../bench/figure.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { LineLedger } from './line-ledger.ts';
import { settleAccounts } from './oracle.ts';

const requests = 200;
const everyMs = 50;
const linesPerRequest = 5;
const hostileSenders = 100;
const heldConnections = 2_000;
const mebibyte = 1024 ** 2;
/** B9: a neighbour's receipts may take twice their quiet time, or this. */
const alwaysEnoughMs = 50;

/** Another organisation's steady, small sender: how long its receipts take, and which lines they are for. */
class Neighbour {
  readonly #installation: DrillInstallation;
  readonly #logGroup: string;
  readonly ledger: LineLedger;

  constructor(installation: DrillInstallation, drill: string) {
    this.#installation = installation;
    this.#logGroup = `drill/${drill}`;
    this.ledger = new LineLedger(`${drill}-${Date.now()}`);
  }

  get tenant(): { id: string; ingestKey: string } {
    const [, tenant] = this.#installation.running.demo.tenants;
    if (tenant === undefined) throw new Error('the demonstration has one organisation only');
    return tenant;
  }

  /** Milliseconds of each receipt; whatever is not a receipt is an error. */
  async send(): Promise<number[]> {
    const { ingestUrl } = this.#installation.running.demo;
    const url = `${ingestUrl}/v1/log-groups/${encodeURIComponent(this.#logGroup)}/log-streams/quiet/records`;
    const headers = { authorization: `Bearer ${this.tenant.ingestKey}`, 'content-type': 'text/plain' };
    const tookMs: number[] = [];
    const begunMs = performance.now();
    for (let count = 1; count <= requests; count += 1) {
      const { first, lines } = this.ledger.makeLines(linesPerRequest);
      const atMs = performance.now();
      const answer = await fetch(url, { method: 'POST', headers, body: lines.join('\n') });
      await answer.arrayBuffer();
      tookMs.push(performance.now() - atMs);
      if (answer.status !== 201) throw new Error(`the neighbour was answered ${answer.status}`);
      this.ledger.acknowledge(first, lines.length);
      await delay(Math.max(0, begunMs + count * everyMs - performance.now()));
    }
    return tookMs;
  }

  settle(): Promise<Pick<DrillResult, 'lost' | 'duplicated'>> {
    const { opensearchUrl } = this.#installation;
    return settleAccounts({ opensearchUrl, tenantId: this.tenant.id, logGroup: this.#logGroup }, this.ledger);
  }
}

/** Bodies that are small on the wire, each of which would have the process to itself if it were read in one piece. */
function hostileBodies(): { type: string; body: Uint8Array<ArrayBuffer> }[] {
  const packed = (text: string | Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(gzipSync(text, { level: 1 }));
  const ndjson = 'application/x-ndjson';
  return [
    { type: ndjson, body: packed(`{"a":"${'x'.repeat(60 * mebibyte)}"}`) },
    { type: ndjson, body: packed(`{"a":[${'{},'.repeat(20 * mebibyte)}1]}`) },
    { type: 'application/json', body: packed(`[{"a":${'['.repeat(30 * mebibyte)}`) },
    { type: 'text/plain; charset=shift_jis', body: packed('x'.repeat(60 * mebibyte)) },
    { type: 'text/plain', body: packed(Buffer.alloc(80 * mebibyte)) },
  ];
}

/** Senders of the first organisation that do not take no for an answer, until they are stopped. */
function startHostile({ running, tenant }: DrillInstallation): { stop(): Promise<Map<number, number>> } {
  const url = `${running.demo.ingestUrl}/v1/log-groups/hostile/log-streams/all/records`;
  const bodies = hostileBodies();
  const stopping = new AbortController();
  const answers = new Map<number, number>();
  const loops = Array.from({ length: hostileSenders }, async (_each, at) => {
    for (let next = at; !stopping.signal.aborted; next += 1) {
      const { type, body } = bodies[next % bodies.length] ?? { type: 'text/plain', body: new Uint8Array() };
      const status = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${tenant.ingestKey}`,
          'content-type': type,
          'content-encoding': 'gzip',
        },
        body,
        signal: stopping.signal,
      }).then(
        (answer) => answer.arrayBuffer().then(() => answer.status),
        () => 0,
      );
      answers.set(status, (answers.get(status) ?? 0) + 1);
      if (status !== 201) await delay(100);
    }
  });
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
      return answers;
    },
  };
}

/** Holds what it may: requests that declare a body and send nothing, heads that do not end, handshakes, silence. */
function startHolding({ running, tenant }: DrillInstallation): { stop(): void } {
  const { syslog, ingestUrl, ingestHttpsUrl } = running.demo;
  const http = Number(new URL(ingestUrl).port);
  const head = `POST /v1/log-groups/hostile/log-streams/all/records HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nAuthorization: Bearer ${tenant.ingestKey}\r\nContent-Length: ${16 * mebibyte}\r\n\r\n`;
  const kinds: [port: number, bytes: string, count: number][] = [
    [http, head, 300],
    [http, '', heldConnections],
    [http, 'POST / HTTP/1.1\r\nHost:', heldConnections],
    [Number(new URL(ingestHttpsUrl).port), '\u0016\u0003\u0001', heldConnections],
    [syslog.tcp, '', heldConnections],
    [syslog.tls, '\u0016\u0003\u0001', heldConnections],
  ];
  const sockets = new Set<Socket>();
  let isStopped = false;
  const hold = (port: number, bytes: string): void => {
    if (isStopped) return;
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    socket.on('connect', () => socket.write(bytes));
    socket.on('error', () => undefined);
    socket.on('data', () => undefined);
    // Whoever is let go comes back.
    socket.on('close', () => {
      sockets.delete(socket);
      setTimeout(() => hold(port, bytes), 1_000);
    });
  };
  for (const [port, bytes, count] of kinds) for (let at = 0; at < count; at += 1) hold(port, bytes);
  return {
    stop() {
      isStopped = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Whether the organisation under attack, whose searches are on record by the same intake, can still search. */
async function searches({ running, tenant }: DrillInstallation): Promise<number> {
  const now = Date.now();
  const range = { from: new Date(now - 60_000).toISOString(), to: new Date(now).toISOString() };
  const answer = await fetch(`${running.demo.apiUrl}/v1/search`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: '', ...range, limit: 1 }),
  });
  return answer.status;
}

async function judge(
  installation: DrillInstallation,
  drill: string,
  disturb: () => { stop(): unknown },
): Promise<DrillResult> {
  const neighbour = new Neighbour(installation, drill);
  await neighbour.send();
  const quietMs = percentile(await neighbour.send(), 0.99);
  const hostile = disturb();
  let loudMs = Number.NaN;
  let searchStatus = 0;
  try {
    await delay(2_000);
    loudMs = percentile(await neighbour.send(), 0.99);
    searchStatus = await searches(installation);
  } finally {
    await hostile.stop();
  }
  const account = await neighbour.settle();
  const allowedMs = Math.max(2 * quietMs, alwaysEnoughMs);
  const sound = loudMs <= allowedMs && searchStatus === 200 && account.lost === 0 && account.duplicated === 0;
  return {
    drill,
    result: sound ? 'pass' : 'fail',
    ...account,
    quietP99Ms: round(quietMs),
    loudP99Ms: round(loudMs),
    searchStatus,
  };
}

/** What one organisation sends, or holds without sending, is not felt by another, nor by its own audit trail. */
export function neighbourCases(installation: DrillInstallation): DrillCase[] {
  return [
    {
      name: 'N1',
      about: `${hostileSenders} senders of small bodies that become huge elements, beside another organisation's receipts`,
      run: () => judge(installation, 'N1', () => startHostile(installation)),
    },
    {
      name: 'N2',
      about:
        'declared bodies that do not come, heads and handshakes that do not end, and thousands of silent connections',
      run: () => judge(installation, 'N2', () => startHolding(installation)),
    },
  ];
}
