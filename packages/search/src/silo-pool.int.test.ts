import { randomUUID } from 'node:crypto';
import { createAccessScope, scopeOfLogGroups, type AccessScope } from '@akashi/policy';
import { parseQuery, type QueryTree } from '@akashi/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSearch, type Search, type TenantSearch } from './create-search.ts';
import { eventFields } from '@akashi/log-event';
import {
  bulkBody,
  serverIsThere,
  serverUrl,
  testDocument,
  testEventId,
  type TestDocument,
} from './real-server.fixtures.ts';

/**
 * One organisation alone in its streams (silo), and the same one in streams that it shares with others (pool), which have its
 * terms, its segments and positions, and terms of their own that sort before, between and behind: every answer is the same to
 * the byte. Real server.
 */
const tenantId = randomUUID();
const start = 1_790_000_001_000;
const words = ['alpha', 'bravo', 'charlie', 'delta', 'echo'];

function documentsOf(owner: number): TestDocument[] {
  return Array.from({ length: 400 }, (_, n) => {
    const word = words[(n * (owner + 3)) % words.length] ?? '';
    // What others have and the organisation has not; what they share is in the names above.
    const own = owner === 0 ? word : n % 3 === 0 ? word : `${['a', 'm', 'zz'][n % 3]}${owner}${word}`;
    return testDocument(n % 40, Math.floor(n / 40), {
      '@timestamp': start + n * 997,
      'log.group': n % 4 === 0 ? 'db' : 'web',
      'log.stream': `host-${n % 5}`,
      'akashi.source': `source-${n % 2}`,
      record: `${own} said ${word} ${n} in 東京都${owner === 0 ? '' : '港区'}`,
      ...(n % 3 === 0 ? {} : { 'user.name': own }),
      ...(n % 5 === 0 ? {} : { 'source.ip': `10.${owner}.${n % 7}.9` }),
      'event.outcome': n % 2 === 0 ? 'failure' : 'success',
      'http.response.status_code': 200 + ((n * (owner + 1)) % 5) * 100,
      labels: { shop: own, [`key${owner}`]: word },
    });
  });
}

const queries = [
  '',
  'alpha',
  'user.name:alpha',
  'user.name:a*',
  '"said bravo"',
  'said NOT user.name:(alpha OR bravo)',
  'source.ip:10.0.0.0/16',
  'source.ip:10.0.0.0/8 http.response.status_code>=400',
  'labels.shop:c*',
  'key0:delta',
  'key1:*',
  '東京都',
  '港区',
  'user.name:*',
  'nothing-has-this',
];
const hiding = {
  logGroups: ['*'],
  logStreams: [],
  sources: [],
  rowFilter: null,
  hiddenFields: ['user.name', 'labels'],
};
const scopes: AccessScope[] = [
  scopeOfLogGroups(['*']),
  scopeOfLogGroups(['db']),
  createAccessScope([hiding]),
  scopeOfLogGroups([]),
];

function read(text: string): QueryTree {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.tree;
}

/** Everything that can be asked about one query in one scope. */
async function answersTo(search: TenantSearch, tree: QueryTree, scope: AccessScope): Promise<string> {
  const range = { from: start - 1, to: start + 500_000 };
  const asked = { tree, scope, ...range };
  const answers: unknown[] = [];
  for (const sort of ['newest', 'oldest'] as const) {
    let cursor: string | undefined;
    do {
      const page = await search.search({ ...asked, sort, limit: 70, ...(cursor === undefined ? {} : { cursor }) });
      answers.push(page.ok ? { ...page, tookMs: 0 } : page);
      cursor = page.ok ? page.next : undefined;
    } while (cursor !== undefined);
  }
  const fields = Object.keys(eventFields);
  answers.push(
    await search.histogram({ ...asked, timeZone: 'Asia/Tokyo', stackBy: 'event.outcome' }),
    await search.facets({ ...asked, fields, size: 100 }),
    await search.facets({ ...asked, fields: ['user.name', 'log.stream'], size: 3 }),
    await search.facets({ ...asked, fields: ['user.name'], valuePrefix: 'a' }),
    await search.facets({ ...asked, fields: ['user.name', 'source.ip'], valuePart: 'A' }),
    await search.fieldStats(asked),
    await search.get(testEventId(3, 4), scope),
    await search.context({ id: testEventId(3, 4), count: 5 }, scope),
    await search.search({ ...asked, cursor: 'eyJ2IjozfQ' }),
    await search.search({ ...asked, tree: { kind: 'exists', field: 'akashi.tenant' } }),
  );
  return JSON.stringify(answers, (key, value: unknown) => (key === 'tookMs' ? 0 : value));
}

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
      await fetch(`${serverUrl}/_data_stream/test-${place}-${run}-90`, { method: 'DELETE' });
      await fetch(`${serverUrl}/_index_template/test-${place}-${run}`, { method: 'DELETE' });
    }
    await silo.close();
    await pool.close();
  });

  it.each(queries)(
    'gets the same answers to "%s" as alone',
    async (query) => {
      for (const scope of scopes) {
        const alone = await answersTo(silo.forTenant(tenantId), read(query), scope);
        const among = await answersTo(pool.forTenant(tenantId), read(query), scope);
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
