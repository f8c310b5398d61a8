import { randomUUID } from 'node:crypto';
import { problem } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from './api.fixtures.ts';
import { startTestMail, type TestMail } from './test-mail.fixtures.ts';
import type { TestPerson } from './test-people.fixtures.ts';

export const databaseUrl = findDatabaseServer();
export const searchUrl = findSearchServer();

export const hasServers = databaseUrl !== undefined && searchUrl !== undefined;

export let test: TestApi;
export let mail: TestMail;
export let tenant: ApiTenant;
export let other: ApiTenant;
export let outside: Client;

/** Two organisations on an API of their own, with a mail server, for the tests of one file. */
export function useAccounts(): void {
  beforeAll(async () => {
    mail = await startTestMail();
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl: mail.url });
    [tenant, other] = [await test.createTenant(), await test.createTenant()];
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
    mail.close();
  });
}

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  cookie?: string | undefined;
  body?: unknown;
}

export async function call(path: string, { method = 'GET', cookie, body }: Call = {}): Promise<Response> {
  return fetch(`${test.api.url}${path}`, {
    method,
    headers: {
      'x-akashi-csrf': '1',
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}
export const postTo = (path: string, cookie: string | undefined, body: unknown = {}): Promise<Response> =>
  call(path, { method: 'POST', cookie, body });
export const refusal = async (answer: Promise<Response>) => {
  const { status, code, reason } = problem.parse(await (await answer).json());
  return reason === undefined ? `${status} ${code}` : `${status} ${code} ${reason}`;
};
export const signIn = (person: { email: string }, password = 'correct horse 9'): Promise<Response> =>
  postTo('/v1/session', undefined, { email: person.email, password });
/** One for each test: a code works once, and the next one takes half a minute. */
export const newAdmin = (): Promise<TestPerson> => tenant.addPerson({ role: 'tenant-admin', displayName: '管理 花子' });
/** As if the second factor had been proven long ago. */
export const forgetStepUp = () => outside.query(`UPDATE session SET stepped_up_at = now() - interval '1 hour'`);
export const invite = (cookie: string, values: Record<string, unknown> = {}): Promise<Response> =>
  postTo('/v1/members/invitations', cookie, {
    email: `${randomUUID()}@example.jp`,
    name: '新人 次郎',
    role: 'viewer',
    language: 'ja',
    ...values,
  });
