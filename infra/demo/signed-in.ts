import { totpCodeAt } from '@akashi/identity';
import type { DemoUser } from './put-person.ts';

/** The API refused what the demonstration's people did. */
class RefusedError extends Error {
  constructor(what: string, status: number, detail: string) {
    super(`${what} of the demonstration was answered ${status}: ${detail}`);
    this.name = 'RefusedError';
  }
}

/** Somebody of the demonstration at work: a session of the API, with password and one-time code like everybody's. */
export interface SignedIn {
  readonly id: string;
  get<Answer>(path: string): Promise<Answer>;
  send<Answer>(method: 'POST' | 'PATCH', path: string, body: object): Promise<Answer>;
}

/** Signs in by the clock that the API goes by, which is where one-time codes of that time come from. */
export async function signIn(
  apiUrl: string,
  { email, password, totpSecret }: DemoUser,
  nowMs: number,
): Promise<SignedIn> {
  let cookie = '';
  const call = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const answer = await fetch(apiUrl + path, {
      method,
      headers: {
        cookie,
        'x-akashi-csrf': '1',
        'user-agent': 'akashi-demonstration',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    if (!answer.ok) throw new RefusedError(`${method} ${path}`, answer.status, text);
    const set = answer.headers.getSetCookie().map((each) => each.split(';', 1)[0] ?? '');
    if (set.length > 0) cookie = set.join('; ');
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
  await call('POST', '/v1/session', { email, password });
  const code = totpCodeAt(totpSecret, nowMs);
  const { user } = await call<{ user: { id: string } }>('POST', '/v1/session/second-factor', { code });
  return { id: user.id, get: (path) => call('GET', path), send: (method, path, body) => call(method, path, body) };
}
