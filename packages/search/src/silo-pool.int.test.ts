import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersTo, askedQueries, askedScopes, documentsOf, readTree } from './asked-answers.fixtures.ts';
import { createSearch, type Search } from './create-search.ts';
import { bulkBody, serverIsThere, serverUrl } from './real-server.fixtures.ts';

/**
 * One organisation alone in its streams (silo), and the same one in streams that it shares with others (pool), which have its
 * terms, its segments and positions, and terms of their own that sort before, between and behind: every answer is the same to
 * the byte. Real server.
 */
const tenantId = randomUUID();
describe.runIf(await serverIsThere())('an organisation among others', () => {
  const run = randomUUID().slice(0, 8);
  const open = (place: string): Search => createSearch({ url: serverUrl, streamPrefix: `test-${place}-${run}` });
  const silo = open('silo');
  const pool = open('pool');
  beforeAll(async () => {
    await silo.platform.prepare();
    await pool.platform.prepare();
    const own = documentsOf(0);
    await silo.forTenant(tenantId).bulkCreate([bulkBody(own, tenantId)]);
    for (let other = 1; other <= 4; other += 1) {
      const id = randomUUID();
      await pool.forTenant(id).bulkCreate([bulkBody(documentsOf(other), id)]);
      if (other === 2) await pool.forTenant(tenantId).bulkCreate([bulkBody(own, tenantId)]);
    }
    await silo.forTenant(tenantId).refresh();
    await pool.forTenant(tenantId).refresh();
  }, 120_000);
  afterAll(async () => {
    for (const place of ['silo', 'pool']) {
      await fetch(`${serverUrl}/_data_stream/test-${place}-${run}-*`, { method: 'DELETE' });
      await fetch(`${serverUrl}/_index_template/test-${place}-${run}`, { method: 'DELETE' });
    }
    await silo.close();
    await pool.close();
  });

  it.each(askedQueries)(
    'gets the same answers to "%s" as alone',
    async (query) => {
      for (const scope of askedScopes) {
        const alone = await answersTo(silo.forTenant(tenantId), readTree(query), scope);
        const among = await answersTo(pool.forTenant(tenantId), readTree(query), scope);
        expect(among).toBe(alone);
      }
    },
    60_000,
  );

  it('reads its own documents back, and writes them once more to no effect, as alone', async () => {
    const outcomes = [silo, pool].map(async (search) => {
      const tenant = search.forTenant(tenantId);
      const pages = await Array.fromAsync(tenant.readBack({}));
      const again = await tenant.bulkCreate([bulkBody(documentsOf(0), tenantId)]);
      return [pages.flat().map(({ id, source }) => [id, source.toString('utf8')]), again];
    });
    const [alone, among] = await Promise.all(outcomes);
    expect(among).toEqual(alone);
  });
});
