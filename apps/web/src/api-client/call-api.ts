import type { ZodType } from 'zod';
import { ApiProblem, unreachable, unreadableAnswer } from './api-problem.ts';

interface Call<T> {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  body?: unknown;
  answer: ZodType<T>;
  signal?: AbortSignal | undefined;
}

/** One request to the API through this site's own origin. Fails with an `ApiProblem`; an aborted call fails with its abort. */
export async function callApi<T>({ method = 'GET', path, body, answer, signal }: Call<T>): Promise<T> {
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (method !== 'GET') headers.set('x-akashi-csrf', '1');
  const response = await send(`/api${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const requestId = response.headers.get('x-request-id');
  const text = await response.text();
  const value = readJson(text);
  if (!response.ok) throw problemOf(response.status, requestId, value);
  const parsed = answer.safeParse(value);
  if (!parsed.success) throw new ApiProblem({ status: response.status, code: unreadableAnswer, requestId, params: {} });
  return parsed.data;
}

async function send(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new ApiProblem({ status: 0, code: unreachable, requestId: null, params: {} });
  }
}

function readJson(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf(status: number, requestId: string | null, value: unknown): ApiProblem {
  const members = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const { code, requestId: inBody, ...params } = members;
  return new ApiProblem({
    status,
    code: typeof code === 'string' ? code : status >= 500 ? unreachable : String(status),
    requestId: typeof inBody === 'string' ? inBody : requestId,
    params,
  });
}
