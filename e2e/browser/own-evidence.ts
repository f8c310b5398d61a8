import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteIndex } from '../drill/rewrite-index.ts';
import { runCommand } from '../drill/run-command.ts';
import { repositoryRoot, type DemoTenant } from '../installation/installation.ts';

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
    let altered = '';
    await rewriteIndex({ opensearchUrl: this.#opensearchUrl, tenantId: this.#tenant.id }, (documents) => {
      const victim = documents.findLast(({ _source }) => _source['log.group'] === logGroup);
      if (victim === undefined) throw new Error(`no document of ${logGroup}`);
      // The organisation stands in front of the event's own id.
      altered = victim._id.slice(victim._id.indexOf('.') + 1);
      return documents.map((each) => (each === victim ? { ...each, _source: { ...each._source, ...change } } : each));
    });
    return altered;
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
