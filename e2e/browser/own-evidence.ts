import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../drill/run-command.ts';
import { repositoryRoot, type DemoTenant } from '../installation/installation.ts';

interface IndexedDocument {
  readonly _id: string;
  readonly _source: Record<string, unknown>;
}

/** One organisation of a running installation, as somebody with its machine sees it: its index and its commands. */
export class OwnEvidence {
  readonly #tenant: DemoTenant;
  readonly #home: string;
  readonly #portBase: number;

  constructor({ tenant, home, portBase }: { tenant: DemoTenant; home: string; portBase: number }) {
    this.#tenant = tenant;
    this.#home = home;
    this.#portBase = portBase;
  }

  get #opensearchUrl(): string {
    return `http://127.0.0.1:${this.#portBase + 92}`;
  }

  /** The index takes no updates: whoever alters it drops it and writes it back changed. Answers the altered id. */
  async alterOneDocument(logGroup: string, change: Record<string, unknown>): Promise<string> {
    const name = `akashi-events-${this.#tenant.id}`;
    const documents = await this.#readAll(name);
    const victim = documents.findLast(({ _source }) => _source['log.group'] === logGroup);
    if (victim === undefined) throw new Error(`no document of ${logGroup}`);
    await fetch(`${this.#opensearchUrl}/_data_stream/${name}`, { method: 'DELETE' });
    await fetch(`${this.#opensearchUrl}/_data_stream/${name}`, { method: 'PUT' });
    for (let start = 0; start < documents.length; start += 2_000) {
      const lines = documents.slice(start, start + 2_000).map(({ _id, _source }) => {
        const document = _id === victim._id ? { ..._source, ...change } : _source;
        return `{"create":{"_id":"${_id}"}}\n${JSON.stringify(document)}\n`;
      });
      await fetch(`${this.#opensearchUrl}/${name}/_bulk?refresh=true`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson' },
        body: lines.join(''),
      });
    }
    return victim._id;
  }

  async #readAll(name: string): Promise<IndexedDocument[]> {
    const documents: IndexedDocument[] = [];
    let after: unknown;
    do {
      const answer = await fetch(`${this.#opensearchUrl}/${name}/_search`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          size: 5_000,
          sort: [{ 'akashi.block': 'asc' }, { 'akashi.leaf': 'asc' }],
          ...(after === undefined ? {} : { search_after: after }),
        }),
      });
      const { hits } = (await answer.json()) as { hits: { hits: (IndexedDocument & { sort: unknown })[] } };
      documents.push(...hits.hits);
      after = hits.hits.at(-1)?.sort;
    } while (after !== undefined);
    return documents;
  }

  /** The operator's commands: `verify-now` proves everything and keeps what it finds, `rebuild-now` makes the index anew. */
  async run(command: 'verify-now' | 'rebuild-now'): Promise<string> {
    const password = readFileSync(join(this.#home, 'keys', 'postgres-password'), 'utf8');
    const script = join(repositoryRoot, 'apps', 'worker', 'dist', `${command}.js`);
    const { stdout } = await runCommand(process.execPath, [script, '--tenant', this.#tenant.id], {
      AKASHI_HOME: this.#home,
      PORT_BASE: String(this.#portBase),
      DATABASE_URL: `postgresql://akashi:${password}@127.0.0.1:${this.#portBase + 32}/postgres`,
      OPENSEARCH_URL: this.#opensearchUrl,
    });
    return stdout;
  }
}
