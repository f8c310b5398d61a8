import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rewriteIndex } from '../drill/rewrite-index.ts';
import { runCommand } from '../drill/run-command.ts';
import { repositoryRoot, type DemoFile, type DemoTenant } from '../installation/installation.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader, type FoundEvent } from '../reading/log-reader.ts';
import { sealedWithinMs } from '../reading/once-sealed.ts';

interface OwnEvidenceParts {
  readonly demo: DemoFile;
  readonly tenant: DemoTenant;
  readonly home: string;
  readonly portBase: number;
}

/** One organisation of a running installation, as somebody with its machine sees it: its index and its commands. */
export class OwnEvidence {
  readonly #tenant: DemoTenant;
  readonly #home: string;
  readonly #portBase: number;
  readonly #reader: LogReader;

  constructor({ demo, tenant, home, portBase }: OwnEvidenceParts) {
    this.#reader = new LogReader(demo, tenant.slug);
    this.#tenant = tenant;
    this.#home = home;
    this.#portBase = portBase;
  }

  get #opensearchUrl(): string {
    return `http://127.0.0.1:${this.#portBase + 92}`;
  }

  /** The index takes no updates: whoever alters it drops it and writes it back changed. Answers the newest sealed event. */
  async alterOneDocument(logGroup: string, change: Record<string, unknown>): Promise<FoundEvent> {
    const altered = await eventually(
      async () => (await this.#reader.readAll({ logGroups: [logGroup] })).findLast(({ block }) => block !== null),
      (found) => found !== undefined,
      sealedWithinMs,
    );
    if (altered === undefined) throw new Error(`no sealed event of ${logGroup}`);
    await rewriteIndex({ opensearchUrl: this.#opensearchUrl, tenantId: this.#tenant.id }, (documents) =>
      // The organisation stands in front of the event's own id.
      documents.map((each) =>
        each._id.endsWith(`.${altered.id}`) ? { ...each, _source: { ...each._source, ...change } } : each,
      ),
    );
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
