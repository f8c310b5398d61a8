import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { percentile, round } from '../bench/figure.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import type { HostileOrder } from './hostile-sender.ts';
import { LineLedger } from './line-ledger.ts';
import { settleAccounts } from './oracle.ts';

const requests = 200;
const everyMs = 50;
const linesPerRequest = 5;
const settleMs = 2_000;
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

/** The hostile sender, with what it will send at hand. */
async function openHostile(
  { running, tenant }: DrillInstallation,
  what: HostileOrder['what'],
): Promise<{ begin(): void; stop(): void }> {
  const child = fork(fileURLToPath(new URL('./hostile-sender.ts', import.meta.url)), {
    execArgv: ['--conditions=source'],
  });
  const { ingestUrl, ingestHttpsUrl, syslog } = running.demo;
  const order: HostileOrder = { what, ingestUrl, ingestHttpsUrl, syslog, ingestKey: tenant.ingestKey };
  child.send(order);
  await once(child, 'message');
  return { begin: () => child.send('begin'), stop: () => child.kill('SIGKILL') };
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

async function judge(installation: DrillInstallation, drill: string, what: HostileOrder['what']): Promise<DrillResult> {
  const neighbour = new Neighbour(installation, drill);
  const hostile = await openHostile(installation, what);
  try {
    await neighbour.send();
    const quietMs = percentile(await neighbour.send(), 0.99);
    hostile.begin();
    await delay(settleMs);
    const loudMs = percentile(await neighbour.send(), 0.99);
    const searchStatus = await searches(installation);
    hostile.stop();
    return await settled(neighbour, { drill, quietMs, loudMs, searchStatus });
  } finally {
    hostile.stop();
  }
}

interface Measured {
  readonly drill: string;
  readonly quietMs: number;
  readonly loudMs: number;
  readonly searchStatus: number;
}

async function settled(neighbour: Neighbour, { drill, quietMs, loudMs, searchStatus }: Measured): Promise<DrillResult> {
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
      about: 'a hundred senders of small bodies that become huge elements, beside another organisation’s receipts',
      run: () => judge(installation, 'N1', 'elements'),
    },
    {
      name: 'N2',
      about:
        'declared bodies that do not come, heads and handshakes that do not end, and thousands of silent connections',
      run: () => judge(installation, 'N2', 'holding'),
    },
  ];
}
