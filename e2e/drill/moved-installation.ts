import { Client } from 'pg';
import { RunningInstallation } from '../installation/installation.ts';
import { eventually } from '../reading/eventually.ts';
import type { DrillBucket } from './drill-bucket.ts';
import { DrillInstallation } from './drill-installation.ts';
import { Evidence } from './evidence.ts';
import type { LineLedger } from './line-ledger.ts';
import { settleAccounts, sharedStream } from './oracle.ts';
import { settleSeals } from './seal-accounts.ts';

export const dayMs = 86_400_000;
export const withinMs = 400_000;

/** What stays the same over all starts. */
export interface MovedPlace {
  readonly home: string;
  readonly portBase: number;
  /** Of the lines that are sent. */
  readonly logGroup: string;
  /** Where the evidence is, when that is not a folder of the home. */
  readonly bucket?: DrillBucket | undefined;
}

interface Books {
  readonly ledger: LineLedger;
  readonly logGroup: string;
}

/** One start of the installation, with its clock moved by so many days; the books go on over all of them. */
export class MovedInstallation {
  readonly days: number;
  readonly drill: DrillInstallation;
  readonly #ledger: LineLedger;
  readonly #logGroup: string;

  private constructor(days: number, drill: DrillInstallation, { ledger, logGroup }: Books) {
    this.days = days;
    this.drill = drill;
    this.#ledger = ledger;
    this.#logGroup = logGroup;
  }

  static async start(
    { home, portBase, logGroup, bucket }: MovedPlace,
    { days, ledger }: { days: number; ledger: LineLedger },
  ): Promise<MovedInstallation> {
    const offset = days === 0 ? {} : { AKASHI_CLOCK_OFFSET_S: String(days * 86_400) };
    const env = { AKASHI_DRILL: '1', ...bucket?.env, ...offset };
    const running = await RunningInstallation.start({ home, portBase, env });
    return new MovedInstallation(days, new DrillInstallation(running, bucket), { ledger, logGroup });
  }

  get now(): number {
    return Date.now() + this.days * dayMs;
  }

  /** Sends lines and answers when they were received, as the receipt says. */
  async send(count: number): Promise<number> {
    const { first, lines } = this.#ledger.makeLines(count);
    const answer = await this.post(lines);
    if (answer.status !== 201) throw new Error(`the intake answered ${answer.status}`);
    this.#ledger.acknowledge(first, count);
    return Date.parse(((await answer.json()) as { receivedAt: string }).receivedAt);
  }

  post(lines: readonly string[]): Promise<Response> {
    const url = `${this.drill.running.demo.ingestUrl}/v1/log-groups/${encodeURIComponent(this.#logGroup)}/log-streams/one/records`;
    return fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.drill.tenant.ingestKey}`, 'content-type': 'text/plain' },
      body: lines.map((line) => `${line}\n`).join(''),
    });
  }

  /** Waits until every line is found and sealed; answers how many of them are lost or doubled, or in no block. */
  async settle(): Promise<number> {
    const { lost, duplicated } = await settleAccounts(this.drill.view(this.#logGroup), this.#ledger);
    return lost + duplicated + (await this.settleSeals());
  }

  /** Waits until every line is in a block; answers how many are not, or twice. */
  async settleSeals(): Promise<number> {
    const { databaseUrl, tenant } = this.drill;
    const off = async (): Promise<number> => {
      const { unsealed, sealed } = await settleSeals({ databaseUrl, tenantId: tenant.id, logGroup: this.#logGroup });
      return unsealed + Math.abs(sealed - this.#ledger.acknowledged.size);
    };
    return eventually(off, (count) => count === 0, withinMs);
  }

  /** How many of the lines a search finds that were received between two moments. */
  async count(from: number, to: number): Promise<number> {
    // An index that has just been started may be busy.
    const ask = (): Promise<Response> => this.#search(from, to);
    const answer = await eventually(ask, ({ status }) => status !== 503, withinMs);
    if (!answer.ok) throw new Error(`the search was answered ${answer.status}`);
    return ((await answer.json()) as { total: { value: number } }).total.value;
  }

  #search(from: number, to: number): Promise<Response> {
    return fetch(`${this.drill.running.demo.apiUrl}/v1/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.drill.tenant.apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `log.group:"${this.#logGroup}"`,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        timeField: 'receivedAt',
        limit: 1,
      }),
    });
  }

  async ask<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const client = new Client({ connectionString: this.drill.databaseUrl });
    await client.connect();
    try {
      return (await client.query<Row>(sql, [...values])).rows;
    } finally {
      await client.end();
    }
  }

  /** Until nothing is due any more by the moved clock; answers how many runs are due still. */
  async untilCaughtUp(): Promise<number> {
    const due = async (): Promise<number> => {
      const rows = await this.ask<{ count: number }>(
        `SELECT count(*)::int AS count FROM duty_run WHERE finished_at IS NULL AND greatest(due_at, takeable_at) <= $1`,
        [new Date(this.now - 60_000)],
      );
      return rows[0]?.count ?? -1;
    };
    return eventually(due, (count) => count === 0, withinMs);
  }

  /** Offline, by both checkers. */
  async isProven(): Promise<boolean> {
    const evidence = new Evidence(this.drill);
    const { verifier, checker } = await evidence.verifyOffline(evidence.folder);
    return verifier === 0 && checker === 0;
  }

  /** The lines in the index, all or those received before a moment, by the index server itself. */
  async countIndexed(before?: number): Promise<number> {
    const ofTime = before === undefined ? [] : [{ range: { received_at: { lt: new Date(before).toISOString() } } }];
    return this.#countDocuments([{ term: { 'log.group': this.#logGroup } }, ...ofTime]);
  }

  /** The acts of one kind in the trails, by the index server itself. */
  countActs(action: string): Promise<number> {
    return this.#countDocuments([{ term: { 'event.action': action } }]);
  }

  async #countDocuments(filter: readonly object[]): Promise<number> {
    const answer = await fetch(`${this.drill.opensearchUrl}/${sharedStream}/_count`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: { bool: { filter } } }),
    });
    return ((await answer.json()) as { count?: number }).count ?? -1;
  }
}
