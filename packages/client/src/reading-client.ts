import type {
  BlocksAnswer,
  CheckpointAnswer,
  ContextAnswer,
  EventAnswer,
  EventDetail,
  FacetsAnswer,
  FieldsAnswer,
  HistogramAnswer,
  LogGroupsAnswer,
  Problem,
  ProofAnswer,
  SearchAnswer,
  SourcesAnswer,
  VerificationsAnswer,
} from '@akashi/contracts';
import { codeOf, parseObject, reasonOf } from './json-answer.ts';
import { ReadingError } from './reading-error.ts';
import { parseRetryAfter } from './retry-after.ts';

export interface ReadingSettings {
  /** Such as `https://logs.example.jp:3001`. */
  readonly apiUrl: string;
  /** An API key; it can only read. */
  readonly apiKey: string;
  readonly answerWithinMs?: number;
  /** How long answers of 429 and 503 are asked for again, as `Retry-After` says; 0 (the default) asks once. */
  readonly retryWithinMs?: number;
}

/** What is searched: the API's own names. `from` and `to` are RFC 3339 with a zone. */
export interface Selection {
  readonly query?: string;
  readonly from: string;
  readonly to: string;
  readonly timeField?: '@timestamp' | 'receivedAt';
  readonly logGroups?: readonly string[];
  readonly timeZone?: string;
}

export interface PageOptions {
  readonly limit?: number;
  readonly cursor?: string;
  readonly sort?: 'asc' | 'desc';
}

/** Every method answers the API's document, or throws a ReadingError. */
export interface ReadingClient {
  search(selection: Selection & PageOptions): Promise<SearchAnswer>;
  /** Every event of the selection, page by page, as long as the caller goes on. */
  events(selection: Selection & Omit<PageOptions, 'cursor'>): AsyncGenerator<EventAnswer, void, undefined>;
  histogram(selection: Selection): Promise<HistogramAnswer>;
  facets(selection: Selection & { fields: readonly string[]; size?: number; prefix?: string }): Promise<FacetsAnswer>;
  fields(selection: Selection): Promise<FieldsAnswer>;
  event(id: string): Promise<EventDetail>;
  context(id: string, wanted?: { before?: number; after?: number }): Promise<ContextAnswer>;
  proof(id: string): Promise<ProofAnswer>;
  logGroups(): Promise<LogGroupsAnswer>;
  sources(): Promise<SourcesAnswer>;
  checkpoint(): Promise<CheckpointAnswer>;
  blocks(page?: { limit?: number; cursor?: string }): Promise<BlocksAnswer>;
  /** Every block header, newest first. */
  allBlocks(): AsyncGenerator<BlocksAnswer['items'][number], void, undefined>;
  verifications(): Promise<VerificationsAnswer>;
  /** Any other route of the API. */
  get<T>(path: string): Promise<T>;
}

const defaultAnswerWithinMs = 60_000;
const shortestWaitMs = 200;
const pageSize = 1000;

export function createReadingClient(settings: ReadingSettings): ReadingClient {
  const base = settings.apiUrl.replace(/\/+$/, '');
  const get = <T>(path: string): Promise<T> => call<T>(settings, base + path, undefined);
  const post = <T>(path: string, body: unknown): Promise<T> => call<T>(settings, base + path, body);
  const event = (id: string): string => `/v1/events/${encodeURIComponent(id)}`;
  const client: ReadingClient = {
    search: (request) => post('/v1/search', request),
    async *events(request) {
      let cursor: string | undefined;
      do {
        const page = await client.search({ limit: pageSize, ...request, ...(cursor === undefined ? {} : { cursor }) });
        yield* page.items;
        cursor = page.next;
      } while (cursor !== undefined);
    },
    histogram: (request) => post('/v1/search/histogram', request),
    facets: (request) => post('/v1/search/facets', request),
    fields: (request) => post('/v1/search/fields', request),
    event: (id) => get(event(id)),
    context: (id, wanted = {}) => get(event(id) + '/context' + queryText(wanted)),
    proof: (id) => get(`${event(id)}/proof`),
    logGroups: () => get('/v1/log-groups'),
    sources: () => get('/v1/sources'),
    checkpoint: () => get('/v1/log/checkpoint'),
    blocks: (page = {}) => get(`/v1/log/blocks${queryText(page)}`),
    async *allBlocks() {
      let cursor: string | undefined;
      do {
        const page = await client.blocks({ limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
        yield* page.items;
        cursor = page.next;
      } while (cursor !== undefined);
    },
    verifications: () => get('/v1/log/verifications'),
    get,
  };
  return client;
}

function queryText(values: Readonly<Record<string, string | number | undefined>>): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) if (value !== undefined) given.set(name, String(value));
  return given.size === 0 ? '' : `?${given.toString()}`;
}

async function call<T>(settings: ReadingSettings, url: string, body: unknown): Promise<T> {
  const deadlineMs = performance.now() + (settings.retryWithinMs ?? 0);
  for (;;) {
    const answer = await ask(settings, url, body);
    if (answer.ok) return answer.value as T;
    const { error } = answer;
    const waitMs = Math.max(shortestWaitMs, error.retryAfterMs ?? 0);
    if ((error.status !== 429 && error.status !== 503) || performance.now() + waitMs > deadlineMs) throw error;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

type Asked = { ok: true; value: unknown } | { ok: false; error: ReadingError };

async function ask(settings: ReadingSettings, url: string, body: unknown): Promise<Asked> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(settings.answerWithinMs ?? defaultAnswerWithinMs),
      headers: {
        authorization: `Bearer ${settings.apiKey}`,
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    text = await response.text();
  } catch (cause) {
    const facts = { code: 'unreachable', status: 0, problem: null, retryAfterMs: null };
    return { ok: false, error: new ReadingError(`The API cannot be reached (${reasonOf(cause)}).`, facts, { cause }) };
  }
  const json = parseObject(text);
  if (response.ok && json !== null) return { ok: true, value: json };
  const problem = codeOf(json) === 'none' ? null : (json as unknown as Problem);
  const code = problem === null ? 'unexpected-answer' : codeOf(json);
  const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now());
  const sentence = problem?.detail ?? problem?.title ?? 'What answered is not the API of Akashi.';
  const facts = { code, status: response.status, problem, retryAfterMs };
  return { ok: false, error: new ReadingError(`${response.status} ${code}: ${sentence}`, facts) };
}
