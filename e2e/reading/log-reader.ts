import { eventually } from './eventually.ts';
import type { DemoFile } from '../installation/installation.ts';

export interface FoundEvent {
  readonly id: string;
  readonly '@timestamp': string;
  readonly receivedAt: string;
  /** Null while the event waits for its seal. */
  readonly block: number | null;
  readonly logGroup: string;
  readonly logStream: string;
  readonly record: string;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly masked: readonly { readonly rule: string }[];
  readonly parse: { readonly format: string; readonly status: string; readonly reason?: string };
}

export interface Selection {
  readonly query?: string;
  readonly logGroups?: readonly string[];
  readonly from?: string;
  readonly to?: string;
}

interface SearchPage {
  readonly items: readonly FoundEvent[];
  readonly next?: string;
}

interface BlockPage {
  readonly items: readonly { readonly number: number; readonly records: number }[];
  readonly next?: string;
}

/** Reads one organisation through the public API alone, as a script of its own would. */
export class LogReader {
  readonly #apiUrl: string;
  readonly #apiKey: string;

  constructor(demo: DemoFile, slug = 'demo') {
    const tenant = demo.tenants.find((candidate) => candidate.slug === slug);
    if (tenant === undefined) throw new Error(`no organisation ${slug}`);
    this.#apiUrl = demo.apiUrl;
    this.#apiKey = tenant.apiKey;
  }

  /** Every event of the selection, oldest first, page by page. */
  async readAll(selection: Selection): Promise<FoundEvent[]> {
    const found: FoundEvent[] = [];
    let cursor: string | undefined;
    do {
      const page: SearchPage = await this.#post('/v1/search', {
        ...wholeTime(selection),
        limit: 1_000,
        sort: 'asc',
        ...(cursor === undefined ? {} : { cursor }),
      });
      found.push(...page.items);
      cursor = page.next;
    } while (cursor !== undefined);
    return found;
  }

  /** The exact number of events, as the sum of the count chart. */
  async count(selection: Selection): Promise<number> {
    const { buckets } = await this.#post<{ buckets: readonly { total: number }[] }>(
      '/v1/search/histogram',
      wholeTime(selection),
    );
    return buckets.reduce((sum, { total }) => sum + total, 0);
  }

  /** Records of the first `size` blocks, added up from the block headers that the API lists. */
  async recordsInBlocks(size: number): Promise<number> {
    let records = 0;
    let cursor: string | undefined;
    do {
      const page: BlockPage = await this.get(
        `/v1/log/blocks?limit=1000${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      );
      for (const header of page.items) if (header.number < size) records += header.records;
      cursor = page.next;
    } while (cursor !== undefined);
    return records;
  }

  get<T>(path: string): Promise<T> {
    return this.#call<T>(path, {});
  }

  #post<T>(path: string, body: unknown): Promise<T> {
    return this.#call<T>(path, {
      method: 'POST',
      body: JSON.stringify(body),
    });
  }

  /** A 503 is asked again, as the interface says: an index that was made this second has no shard to search yet. */
  async #call<T>(path: string, request: RequestInit): Promise<T> {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.#apiKey}` };
    const answer = await eventually(
      () => fetch(this.#apiUrl + path, { ...request, headers }),
      ({ status }) => status !== 503,
      30_000,
    );
    return this.#read<T>(answer);
  }

  async #read<T>(answer: Response): Promise<T> {
    if (!answer.ok) throw new Error(`${answer.status} from ${answer.url}: ${await answer.text()}`);
    return (await answer.json()) as T;
  }
}

function wholeTime({ query = '', from = '2000-01-01T00:00:00Z', to = '2040-01-01T00:00:00Z', logGroups }: Selection) {
  return { query, from, to, ...(logGroups === undefined ? {} : { logGroups }) };
}
