import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMigratedDatabase, type TestDatabase } from './database.fixtures.ts';
import { openDatabase, putPartLogin, type TenantId } from './index.ts';

const serverUrl = process.env['DATABASE_URL'];

describe.skipIf(serverUrl === undefined)('the login of a part', () => {
  let test: TestDatabase;
  let tenantId: TenantId;

  beforeAll(async () => {
    test = await createMigratedDatabase(serverUrl ?? '');
    const details = { nameJa: '証', nameEn: 'Akashi', timeZone: 'Asia/Tokyo', language: 'ja' };
    tenantId = (await test.database.platform.createTenant({ slug: 'one', ...details })).id;
  });
  afterAll(() => test.drop());

  it('works inside of a scope, and can do nothing outside of one', async () => {
    const name = `akashi_login_${randomUUID().slice(0, 8)}`;
    const url = new URL(test.url);
    url.username = name;
    await putPartLogin(test.url, { name, password: 'former', schemas: [] });
    await putPartLogin(test.url, { name, password: 'p', schemas: [] });
    url.password = 'p';
    const database = openDatabase({ url: url.href, maxConnections: 2 });
    const bare = new Client({ connectionString: url.href });
    try {
      expect((await database.platform.listTenants()).map((each) => each.slug)).toEqual(['one']);
      expect(await database.forTenant(tenantId).users.list()).toEqual([]);
      await bare.connect();
      for (const statement of [
        'SELECT * FROM tenant',
        'UPDATE block SET records = 0',
        'CREATE TABLE public.mine (id int)',
        'CREATE SCHEMA mine',
        'ALTER TABLE block DISABLE ROW LEVEL SECURITY',
        'CREATE ROLE mine',
      ]) {
        await expect(bare.query(statement), statement).rejects.toMatchObject({ code: '42501' });
      }
    } finally {
      await bare.end();
      await database.close();
      await test.outside.query(`DROP ROLE ${name}`);
    }
  });
});
