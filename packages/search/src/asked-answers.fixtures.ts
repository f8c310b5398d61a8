import { eventFields } from '@akashi/log-event';
import { createAccessScope, scopeOfLogGroups, type AccessScope } from '@akashi/policy';
import { parseQuery, type QueryTree } from '@akashi/query';
import type { TenantReading } from './create-search.ts';
import { testDocument, testEventId, type TestDocument } from './real-server.fixtures.ts';

const start = 1_790_000_001_000;
const words = ['alpha', 'bravo', 'charlie', 'delta', 'echo'];

/** Documents of the n-th organisation; of the first, 400 that others share terms with. */
export function documentsOf(owner: number): TestDocument[] {
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

export const askedQueries = [
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
export const askedScopes: AccessScope[] = [
  scopeOfLogGroups(['*']),
  scopeOfLogGroups(['db']),
  createAccessScope([hiding]),
  scopeOfLogGroups([]),
];

export function readTree(text: string): QueryTree {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.code);
  return parsed.tree;
}

/** Everything that can be asked about one query in one scope. */
export async function answersTo(search: TenantReading, tree: QueryTree, scope: AccessScope): Promise<string> {
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
