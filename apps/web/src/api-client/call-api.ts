import { isPersonActive, noteActiveAnswer } from '../session/activity.ts';
import { ApiProblem, isStepUpRequired, unreachable, unreadableAnswer } from './api-problem.ts';
import { supportIdFor } from '../support-access/support-session.ts';
import { askForStepUp } from './step-up.ts';

interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
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
  try {
    return await send<T>(call);
  } catch (error) {
    if (!isStepUpRequired(error) || call.background || call.signal?.aborted || !(await askForStepUp())) throw error;
    return await send<T>(call);
  }
}

async function send<T>({ method = 'GET', path, body, signal, ...call }: Call): Promise<T> {
  const background = call.background ?? !isPersonActive();
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined) headers.set('content-type', 'application/json');
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
    ...(signal ? { signal } : {}),
  });
  const requestId = response.headers.get('x-request-id');
  const text = await response.text();
  const value = readJson(text);
  if (!response.ok) throw problemOf(response.status, requestId, value);
  if (!background) noteActiveAnswer();
  if (response.status !== 204 && text !== '' && (typeof value !== 'object' || value === null))
    throw new ApiProblem({ status: response.status, code: unreadableAnswer, requestId, params: {} });
  return value as T;
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
