import { randomUUID } from 'node:crypto';
import type { TenantDatabase } from '@akashi/database';
import { createCodeDispenser, hashPassword, newTotpSecret, type CodeDispenser } from '@akashi/identity';
import type { Keyring } from '@akashi/keyring';

export interface TestPerson {
  id: string;
  email: string;
  password: string;
  totpSecret: string;
  /** The person's authenticator. */
  codes: CodeDispenser;
  /** Signs in with password and code; answers the cookie of a full session. */
  signIn(): Promise<string>;
}

export interface NewPerson {
  role?: string;
  email?: string;
  displayName?: string;
}

/** The same password for everybody: hashing one for each would cost more than the tests. */
const password = 'correct horse 9';
let passwordHash: Promise<string> | undefined;

/** A person with a password and a confirmed one-time-code factor. */
export async function createPerson(
  parts: { apiUrl: string; database: TenantDatabase; keyring: Keyring },
  { role = 'viewer', email = `${randomUUID()}@example.jp`, displayName = '佐藤 花子' }: NewPerson = {},
): Promise<TestPerson> {
  const { apiUrl, database, keyring } = parts;
  passwordHash ??= hashPassword(password);
  const id = await database.users.put({ email, displayName, role, language: 'ja', passwordHash: await passwordHash });
  const totpSecret = newTotpSecret();
  const factorId = randomUUID();
  const { secrets } = keyring.forTenant(database.tenantId);
  const sealedSecret = secrets.seal({ purpose: 'totp', id: factorId }, totpSecret);
  await database.factors.begin(id, { id: factorId, name: 'test', sealedSecret });
  await database.factors.confirm(id, factorId, 0);
  const codes = createCodeDispenser(totpSecret);
  return {
    id,
    email,
    password,
    totpSecret,
    codes,
    signIn: async () => {
      const first = await post(`${apiUrl}/v1/session`, { email, password });
      const code = await codes.next();
      return cookieOf(await post(`${apiUrl}/v1/session/second-factor`, { code }, cookieOf(first)));
    },
  };
}

/** A request as the web app makes it. */
export function post(url: string, body: unknown, cookie?: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-akashi-csrf': '1', ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
}

export function cookieOf(answer: Response): string {
  const set = answer.headers.get('set-cookie')?.split(';')[0];
  if (!answer.ok || set === undefined) throw new Error(`no session: ${answer.status}`);
  return set;
}
