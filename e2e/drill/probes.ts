import type { DrillInstallation } from './drill-installation.ts';
import { LineLedger } from './line-ledger.ts';

interface Probe {
  readonly key: string;
  readonly first: number;
  readonly body: string;
}

export const probeGroup = 'drill/probe';

/** Single batches beside the load, whose every answer is looked at. */
export class Probes {
  readonly ledger = new LineLedger(`probe-${Date.now()}`);
  readonly #installation: DrillInstallation;
  readonly #refused: Probe[] = [];

  constructor(installation: DrillInstallation) {
    this.#installation = installation;
  }

  async #send(probe: Probe): Promise<Response> {
    const { running, tenant } = this.#installation;
    const url = `${running.demo.ingestUrl}/v1/log-groups/${encodeURIComponent(probeGroup)}/log-streams/probe/records`;
    const headers = {
      authorization: `Bearer ${tenant.ingestKey}`,
      'content-type': 'text/plain',
      'idempotency-key': probe.key,
    };
    const answer = await fetch(url, { method: 'POST', headers, body: probe.body, signal: AbortSignal.timeout(20_000) });
    if (answer.status === 201) this.ledger.acknowledge(probe.first, 1);
    return answer;
  }

  /** Offers one new line; says whether it was refused as a sender can deal with: 503 and when to come back. */
  async offer(): Promise<'accepted' | 'refused' | 'otherwise'> {
    const { first, lines } = this.ledger.makeLines(1);
    const probe: Probe = { key: `${this.ledger.run}-${first}`, first, body: `${lines.join('')}\n` };
    const answer = await this.#send(probe);
    if (answer.status === 201) return 'accepted';
    this.#refused.push(probe);
    return answer.status === 503 && Number(answer.headers.get('retry-after')) > 0 ? 'refused' : 'otherwise';
  }

  /** A careful sender repeats what was refused; answers how many are refused still. */
  async repeatRefused(): Promise<number> {
    let stillRefused = 0;
    for (const probe of this.#refused.splice(0)) if ((await this.#send(probe)).status !== 201) stillRefused += 1;
    return stillRefused;
  }
}
