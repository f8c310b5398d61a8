import { createHash } from 'node:crypto';
import { eventually } from './eventually.ts';
import type { DemoFile } from '../installation/installation.ts';

export interface FoundRun {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly flagged: number;
  readonly files: readonly { readonly format: string; readonly language: string | null; readonly sha256: string }[];
  readonly sealedAs: string | null;
  readonly errorCode: string | null;
}

const doneWithinMs = 300_000;
const ended = new Set(['done', 'failed', 'cancelled']);

/** Has reports made and reads them through the public API alone, as a script of its own would. */
export class ReportReader {
  readonly #apiUrl: string;
  readonly #key: string;

  constructor(demo: DemoFile, slug = 'demo') {
    this.#apiUrl = demo.apiUrl;
    this.#key = demo.tenants.find((tenant) => tenant.slug === slug)?.apiKey ?? '';
  }

  /** Asks for a run; answers its id. */
  async ask(report: string, period: { readonly from: string; readonly to: string }): Promise<string> {
    const answer = await this.#call('POST', `/v1/reports/${report}/runs`, period);
    const run = (await answer.json()) as FoundRun;
    if (answer.status !== 202) throw new Error(`the run was answered ${answer.status}: ${JSON.stringify(run)}`);
    return run.id;
  }

  async get(id: string): Promise<FoundRun> {
    return (await (await this.#call('GET', `/v1/report-runs/${id}`)).json()) as FoundRun;
  }

  /** The run once it has ended and its line can be found. */
  untilSealed(id: string): Promise<FoundRun> {
    // The API may be away for a moment in a drill.
    const ask = (): Promise<FoundRun | null> => this.get(id).catch(() => null);
    const isThere = (run: FoundRun | null): boolean =>
      run !== null && ended.has(run.state) && (run.state !== 'done' || run.sealedAs !== null);
    return eventually(ask, isThere, doneWithinMs).then((run) => {
      if (run === null) throw new Error('the run cannot be read');
      return run;
    });
  }

  async file(id: string, { format, language }: { readonly format: string; readonly language: string | null }) {
    const query = `format=${format}${language === null ? '' : `&language=${language}`}`;
    const answer = await this.#call('GET', `/v1/report-runs/${id}/file?${query}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
  }

  #call(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }
}
