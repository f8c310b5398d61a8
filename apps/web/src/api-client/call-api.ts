import { isPersonActive, noteActiveAnswer } from './activity.ts';
import { noteSupportOver, supportIdFor } from './support-session.ts';
import { ApiProblem, isStepUpRequired, isSupportRefused, unreachable, unreadableAnswer } from './api-problem.ts';
import { linesOf } from './lines-of.ts';
import { askForStepUp } from './step-up.ts';

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** A file of a spreadsheet, sent as it is, in place of a body. */
  table?: { bytes: ArrayBuffer; charset: string | null };
  signal?: AbortSignal | undefined;
  /** True for what no person asked for. Left out, a request counts as background once nobody has touched the page. */
  background?: boolean;
}

/**
 * One request to the API through this site's own origin: `callApi<PeopleAnswer>({ path: '/v1/people' })`. Fails with an
 * `ApiProblem`; an aborted call fails with its abort. A call that needs a fresh second factor waits while the person is
 * asked for one, and is then sent once more. The type is the contract's, which the API is held to by its own tests: the
 * schemas stay out of the browser.
 */
export async function callApi<T>(call: Call): Promise<T> {
  const response = await sendConfirmed(call, 'application/json');
  const text = await response.text();
  const value = readJson(text);
  if (response.status !== 204 && text !== '' && (typeof value !== 'object' || value === null)) {
    const requestId = response.headers.get('x-request-id');
    throw new ApiProblem({ status: response.status, code: unreadableAnswer, requestId, params: {} });
  }
  return value as T;
}

/** A table that the API writes, as the bytes that it is, in the language of the page. Fails as `callApi` does. */
export function readTable(path: string): Promise<Blob> {
  return readFile(path, 'text/csv');
}

/** A file of the API, as the bytes that it is. Fails as `callApi` does. */
export async function readFile(path: string, mediaType: string): Promise<Blob> {
  const response = await sendConfirmed({ path, background: false }, mediaType);
  return response.blob();
}

/** An answer that comes line by line, as it is being sent. Fails as `callApi` does, also in the middle of it. */
export async function* readLines<T>(call: Call): AsyncGenerator<T> {
  const { body } = await sendConfirmed({ ...call, background: false }, 'application/x-ndjson');
  if (body === null) return;
  try {
    for await (const line of linesOf(body)) yield JSON.parse(line) as T;
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw new ApiProblem({ status: 0, code: unreachable, requestId: null, params: {} });
  }
}

async function sendConfirmed(call: Call, accept: string): Promise<Response> {
  try {
    return await send(call, accept);
  } catch (error) {
    if (!isStepUpRequired(error) || call.background || call.signal?.aborted || !(await askForStepUp())) throw error;
    return await send(call, accept);
  }
}

/** An answer that is good; every other one is thrown as the problem that it tells. */
async function send({ method = 'GET', path, body, table, signal, ...call }: Call, accept: string): Promise<Response> {
  const background = call.background ?? !isPersonActive();
  const headers = new Headers({ accept });
  // Files have words, and so has what is said of their lines, and why an act is somebody's.
  headers.set('accept-language', document.documentElement.lang);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (table !== undefined)
    headers.set('content-type', `text/csv${table.charset === null ? '' : `; charset=${table.charset}`}`);
  if (method !== 'GET') headers.set('x-akashi-csrf', '1');
  // What nobody asked for must not keep a session open that its person has left.
  if (background) headers.set('x-akashi-background', '1');
  const supportId = supportIdFor(path);
  if (supportId !== null) headers.set('x-akashi-support', supportId);
  const response = await request(`/api${path}`, {
    method,
    headers,
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(table === undefined ? {} : { body: table.bytes }),
    ...(signal ? { signal } : {}),
  });
  if (!response.ok) {
    const problem = problemOf(response.status, response.headers.get('x-request-id'), readJson(await response.text()));
    if (supportId !== null && isSupportRefused(problem)) noteSupportOver();
    throw problem;
  }
  if (!background) noteActiveAnswer();
  return response;
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
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
