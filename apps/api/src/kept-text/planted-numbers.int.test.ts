import { randomUUID } from 'node:crypto';
import { findDatabaseServer, findSearchServer, plantInEveryRoute } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addPerson } from '../people.fixtures.ts';
import { ensurePlatformTenant } from '../audit-trail/platform-tenant.ts';
import { describeApi } from '../openapi/describe-api.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

const number = '4556734500085943';
const spaced = '4556 7345 0008 5943';
const masked = '4556 73** **** 5943';

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('a card number in a request', () => {
  let test: TestApi;
  let own: ApiTenant;
  let outside: Client;
  let cookies: string[];

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    outside = new Client({ connectionString: test.databaseUrl });
    await outside.connect();
    const platform = await ensurePlatformTenant(test);
    const home = { ...own, tenant: platform, database: test.database.forTenant(platform.id) } as unknown as ApiTenant;
    const people = [await addPerson(test, own, 'tenant-admin'), await addPerson(test, home, 'platform-operator')];
    cookies = await Promise.all(people.map((person) => person.signIn()));
  });
  afterAll(async () => {
    await outside.end();
    await test.close();
  });

  const call = async (cookie: string | undefined, route: { method: string; path: string; body?: unknown }) => {
    const answer = await fetch(`${test.api.url}${route.path}`, {
      method: route.method,
      headers: {
        'x-akashi-csrf': '1',
        'user-agent': `Browser ${spaced}`,
        'x-request-id': number,
        ...(cookie === undefined ? {} : { cookie }),
        ...(route.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(route.body === undefined ? {} : { body: JSON.stringify(route.body) }),
    });
    return { status: answer.status, text: await answer.text(), requestId: answer.headers.get('x-request-id') };
  };

  /** Every row of every table, as text. */
  const rows = async (): Promise<string> => {
    const tables = await outside.query<{ name: string }>(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`,
    );
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const found = await outside.query<{ row: string }>(`SELECT row_to_json(t)::text AS row FROM ${name} t`);
      texts.push(...found.rows.map(({ row }) => `${name} ${row}`));
    }
    return texts.join('\n');
  };

  /** Lines that hold the number, whatever stands between its digits. */
  const clear = (text: string): string[] => text.split('\n').filter((line) => /4556.?7345.?0008.?5943/.test(line));

  it('is kept nowhere, in whichever text of whichever route it stands, whoever sends it', async () => {
    const id = randomUUID();
    const description = await describeApi();
    for (const text of [number, `seen ${spaced} there`]) {
      for (const route of plantInEveryRoute(description, { text: () => text, id })) {
        // Ending one's own session would make the rest of the calls a stranger's.
        if (route.method === 'DELETE' && route.path.startsWith('/v1/session')) continue;
        for (const cookie of [...cookies, undefined]) {
          const answer = await call(cookie, route);
          expect(answer.status, `${route.method} ${route.path} ${route.place} ${answer.text}`).toBeLessThan(500);
          expect(answer.requestId).not.toBe(number);
        }
      }
    }
    expect(clear(await rows())).toEqual([]);
    expect(clear(test.intake.acts.map((act) => JSON.stringify(act)).join('\n'))).toEqual([]);
  }, 240_000);

  it('is masked in prose, which is kept, and refused where it would be a name', async () => {
    const [admin, operator] = cookies;
    const purposes = [
      await call(admin, {
        method: 'POST',
        path: '/v1/access-groups',
        body: { name: `team ${randomUUID()}`, description: `for ${spaced}` },
      }),
      await call(operator, {
        method: 'POST',
        path: `/v1/platform/tenants/${own.tenant.id}/suspend`,
        body: { reason: `because of ${spaced}` },
      }),
      await call(operator, {
        method: 'POST',
        path: `/v1/platform/tenants/${own.tenant.id}/resume`,
        body: { reason: 'mended' },
      }),
    ];
    expect(purposes.map(({ status, text }) => (status < 300 ? 'done' : text))).toEqual(['done', 'done', 'done']);
    expect(purposes[0]?.text).toContain(`for ${masked}`);
    expect(JSON.stringify(test.intake.acts)).toContain(`because of ${masked}`);
    const name = await call(admin, { method: 'POST', path: '/v1/access-groups', body: { name: spaced } });
    expect(name.status).toBe(400);
    expect(JSON.parse(name.text)).toMatchObject({ code: 'card-data-refused', params: { field: 'name' } });
    expect(name.text).not.toContain(spaced);
  });

  it('in front of the sign-in is answered as any wrong address, and on record masked', async () => {
    const email = `${number}@example.jp`;
    const answer = await call(undefined, { method: 'POST', path: '/v1/session', body: { email, password: number } });
    expect(answer.status).toBe(401);
    expect(JSON.stringify(test.intake.acts.at(-1))).toContain('455673******5943@example.jp');
    expect(clear(await rows())).toEqual([]);
  });

  it('is kept in no column, should any code forget the boundary', async () => {
    await own.database.accessGroups.create({ name: spaced, description: number, ownerId: null });
    await own.database.users.put({
      email: `${number}@example.jp`,
      displayName: spaced,
      role: 'viewer',
      language: 'ja',
      passwordHash: null,
    });
    const text = await rows();
    expect(clear(text)).toEqual([]);
    expect(text).toContain(masked);
  });
});
