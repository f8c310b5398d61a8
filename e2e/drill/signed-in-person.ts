import { createCodeDispenser } from '@akashi/identity';
import type { DemoUser } from '../installation/installation.ts';

/** Signs a person in with both factors; answers the cookie. */
export async function signIn(apiUrl: string, person: DemoUser): Promise<string> {
  const send = (path: string, body: object, cookie = ''): Promise<Response> =>
    fetch(apiUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-akashi-csrf': '1', cookie },
      body: JSON.stringify(body),
    });
  const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const begun = cookieOf(await send('/v1/session', { email: person.email, password: person.password }));
  // By the real time, as an authenticator app has it.
  const code = await createCodeDispenser(person.totpSecret).next();
  const answer = await send('/v1/session/second-factor', { code }, begun);
  if (!answer.ok) throw new Error(`${person.role} could not sign in: ${answer.status}`);
  return cookieOf(answer);
}

/** Somebody with a session, who asks the API as the pages do. */
export class SignedInPerson {
  readonly #apiUrl: string;
  readonly #cookie: string;

  private constructor(apiUrl: string, cookie: string) {
    this.#apiUrl = apiUrl;
    this.#cookie = cookie;
  }

  static async of(apiUrl: string, person: DemoUser | undefined): Promise<SignedInPerson> {
    if (person === undefined) throw new Error('the demonstration has no such person');
    return new SignedInPerson(apiUrl, await signIn(apiUrl, person));
  }

  /** Throws with the answer when it is a refusal. */
  async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const text = await this.askForText(method, path, body);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  async askForText(method: string, path: string, body?: object): Promise<string> {
    const answer = await fetch(this.#apiUrl + path, {
      method,
      headers: { cookie: this.#cookie, 'x-akashi-csrf': '1', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${text.slice(0, 500)}`);
    return text;
  }
}
