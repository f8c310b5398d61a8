import { Client, errors } from '@opensearch-project/opensearch';
import { AnswerSerializer } from './bulk-answer.ts';
import { SearchFault } from './search-fault.ts';

export interface SearchRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: Readonly<Record<string, unknown>>;
  /** Newline-delimited body of a `_bulk` request, sent as it is. */
  lines?: Buffer;
  signal?: AbortSignal;
  timeoutMs?: number;
}

/** One call to the search server: the parsed answer (`AllCreated` where it is one), or a `SearchFault` that says whether to try again. */
export interface SearchClient {
  request(request: SearchRequest): Promise<unknown>;
  close(): Promise<void>;
}

const defaultTimeoutMs = 30_000;

export interface SearchServer {
  url: string;
  username?: string;
  password?: string;
  /** PEM of the authority that signed the server's certificate. */
  ca?: string;
}

export function createSearchClient(server: SearchServer): SearchClient {
  const client = new Client({
    node: server.url,
    ...(server.username === undefined ? {} : { auth: { username: server.username, password: server.password ?? '' } }),
    ...(server.ca === undefined ? {} : { ssl: { ca: server.ca } }),
    // Retrying is decided per item, by the callers.
    maxRetries: 0,
    Serializer: AnswerSerializer,
  });
  return {
    async request({ method, path, query, body, lines, signal, timeoutMs }) {
      if (isAborted(signal)) throw new SearchFault('search-aborted');
      const call = client.transport.request(
        {
          method,
          path,
          ...(query === undefined ? {} : { querystring: { ...query } }),
          ...(body === undefined ? {} : { body: { ...body } }),
          ...(lines === undefined ? {} : { bulkBody: lines }),
        },
        { requestTimeout: timeoutMs ?? defaultTimeoutMs, maxRetries: 0 },
      );
      // Nothing may be returned here: the call is a promise, and a listener's rejected promise ends the process.
      const abort = (): void => {
        call.abort();
      };
      signal?.addEventListener('abort', abort, { once: true });
      try {
        return (await call).body as unknown;
      } catch (error) {
        throw isAborted(signal) ? new SearchFault('search-aborted') : toFault(error);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    close: () => client.close(),
  };
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function toFault(error: unknown): SearchFault {
  if (!(error instanceof errors.ResponseError)) {
    return error instanceof errors.ConfigurationError
      ? new SearchFault('search-refused')
      : new SearchFault('search-unavailable');
  }
  const status = error.statusCode ?? 0;
  const errorType = readErrorType(error.body);
  const isRetryable = status === 429 || status >= 500 || errorType === 'cluster_block_exception';
  return new SearchFault(isRetryable ? 'search-unavailable' : 'search-refused', {
    status,
    ...(errorType === undefined ? {} : { errorType }),
  });
}

function readErrorType(body: unknown): string | undefined {
  const error = readObject(readObject(body)['error']);
  return typeof error['type'] === 'string' ? error['type'] : undefined;
}

/** A JSON object, or an empty one for anything else: answers are read without trusting their shape. */
export function readObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

export function readList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function readNumber(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
