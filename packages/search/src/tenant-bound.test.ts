import { createServer, type IncomingMessage } from 'node:http';
import { createAccessScope } from '@akashi/policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as exported from './index.ts';
import { createSearch, type TenantSearch } from './index.ts';

const tenant = '11111111-1111-4111-8111-111111111111';
const segmentId = '0199ddc0-0000-7000-8000-000000000001';
const stream = `akashi-events-${tenant}`;

const asked: { path: string; body: string }[] = [];
const server = createServer((request: IncomingMessage, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    asked.push({ path: request.url ?? '', body });
    response
      .writeHead(404, { 'content-type': 'application/json' })
      .end('{"error":{"type":"index_not_found_exception"}}');
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => void server.close());

const scope = createAccessScope([{ logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields: [] }]);
const selection = { tree: { kind: 'all' }, scope, from: 0, to: 1, timeField: 'received_at', timeZone: 'UTC' } as const;

/** Every operation of a tenant's handle. A new one is a type error here until it is called. */
const operations: Record<
  Exclude<keyof TenantSearch, 'documentIdPrefix'>,
  (search: TenantSearch) => Promise<unknown>
> = {
  ensureStream: (search) => search.ensureStream(),
  bulkCreate: (search) =>
    search.bulkCreate([Buffer.from('{"create":{"_id":"1-1"}}\n{}\n')], {
      retry: { maxAttempts: 1, firstDelayMs: 1, maxDelayMs: 1 },
    }),
  search: (search) => search.search({ ...selection, sort: 'newest', limit: 1 }),
  histogram: (search) => search.histogram({ ...selection }),
  facets: (search) => search.facets({ ...selection, fields: ['user.name'], size: 1 }),
  fieldStats: (search) => search.fieldStats(selection),
  get: (search) => search.get('S.1', scope),
  context: (search) => search.context({ id: 'S.1', count: 1 }, scope),
  countSegment: (search) => search.countSegment(segmentId),
  listSegments: (search) => search.listSegments(),
  listWithoutSegment: (search) => search.listWithoutSegment(),
  scanSegment: async (search) => {
    for await (const document of search.scanSegment(segmentId)) expect(document).toBeDefined();
  },
  refresh: (search) => search.refresh(),
};

it('gives no way to the index but through a tenant or the platform’s few calls', async () => {
  const search = createSearch({ url });
  expect(Object.keys(search).toSorted()).toEqual(['close', 'forTenant', 'platform']);
  const clients = Object.entries(exported).filter(([name]) => /client|request|http/i.test(name));
  expect(clients).toEqual([]);
  for (const name of ['', '*', '_all', 'a,b', '../x', '-a', 'A']) expect(() => search.forTenant(name), name).toThrow();
  await search.close();
});

it.each(Object.entries(operations))('%s names its tenant’s stream and no other index', async (_name, operation) => {
  const search = createSearch({ url });
  asked.length = 0;
  await operation(search.forTenant(tenant)).catch(() => undefined);
  expect(asked.length).toBeGreaterThan(0);
  for (const { path, body } of asked) {
    expect(path.split('?')[0]?.split('/')).toContain(stream);
    expect(`${path}${body}`.match(/akashi-events-[0-9a-f-]+/g)?.every((name) => name === stream)).toBe(true);
  }
  await search.close();
});
