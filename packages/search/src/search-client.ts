import { addAbortSignal, type Readable } from 'node:stream';
import { Client, errors } from '@opensearch-project/opensearch';
import { refusedRequest } from './allowed-requests.ts';
import { AnswerSerializer } from './bulk-answer.ts';
import { SearchFault } from './search-fault.ts';

export interface SearchRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean>>;
  /** Whose documents are asked for: such a request is sent only when it is bounded to them. */
  tenantId?: string;
  body?: Readonly<Record<string, unknown>>;
  /** Newline-delimited body of a `_bulk` request, sent as it is. */
  lines?: Buffer;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** A longer answer is not read to its end: `search-answer-too-large`. */
  maxAnswerBytes?: number;
  /** Gives the answer as its bytes, which are not parsed; for bounded answers. */
  asBytes?: boolean;
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
    async request(request) {
      const { method, path, query, body, lines, signal, timeoutMs, maxAnswerBytes, asBytes } = request;
      const refused = refusedRequest(request);
      if (refused !== undefined) throw new SearchFault('search-refused', { errorType: `not allowed: ${refused}` });
      if (isAborted(signal)) throw new SearchFault('search-aborted');
      const call = client.transport.request(
        {
          method,
          path,
          ...(query === undefined ? {} : { querystring: { ...query } }),
          ...(body === undefined ? {} : { body: { ...body } }),
          ...(lines === undefined ? {} : { bulkBody: lines }),
        },
        { requestTimeout: timeoutMs ?? defaultTimeoutMs, maxRetries: 0, asStream: maxAnswerBytes !== undefined },
      );
      // Nothing may be returned here: the call is a promise, and a listener's rejected promise ends the process.
      const abort = (): void => {
        call.abort();
      };
      signal?.addEventListener('abort', abort, { once: true });
      try {
        const answer = await call;
        if (maxAnswerBytes === undefined) return answer.body as unknown;
        const stream = answer.body as unknown as Readable;
        const bytes = await readBounded(stream, { maxAnswerBytes, signal });
        const status = answer.statusCode ?? 0;
        if (asBytes === true && status < 400) return bytes;
        const parsed = JSON.parse(bytes.toString('utf8')) as unknown;
        if (status >= 400) throw faultOf(status, parsed);
        return parsed;
      } catch (error) {
        if (error instanceof SearchFault) throw error;
        throw isAborted(signal) ? new SearchFault('search-aborted') : toFault(error);
      } finally {
        signal?.removeEventListener('abort', abort);
      }
    },
    close: () => client.close(),
  };
}

interface BoundedAnswer {
  readonly maxAnswerBytes: number;
  readonly signal: AbortSignal | undefined;
}

/** Reads an answer as it comes, and no further than its bound. */
async function readBounded(stream: Readable, { maxAnswerBytes, signal }: BoundedAnswer): Promise<Buffer> {
  if (signal !== undefined) addAbortSignal(signal, stream);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxAnswerBytes) throw new SearchFault('search-answer-too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
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
  return faultOf(error.statusCode ?? 0, error.body);
}

function faultOf(status: number, body: unknown): SearchFault {
  const errorType = readErrorType(body);
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
