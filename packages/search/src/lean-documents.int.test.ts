import {
  createNormalizer,
  encodeBulkLines,
  expandDocument,
  type BatchOrigin,
  type IndexableRecord,
} from '@akashi/log-event';
import { createAccessScope, scopeOfLogGroups } from '@akashi/policy';
import { matches, parseQuery, withoutField } from '@akashi/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestTenant, serverIsThere, testSegment, type TestTenant } from './real-server.fixtures.ts';

/** What documents do not hold is found, counted and shown as if they did: real server, documents as the pipeline writes them. */
const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'syslog',
  logStream: null,
  source: { id: 's', kind: 'syslog-udp', address: '192.0.2.9' },
};
const lines = [
  ...Array.from(
    { length: 192 },
    (_, n) => `<${n}>Nov 22 10:00:00 web0${n % 3} sshd[${n}]: Failed password for u${n} from 192.0.2.4 port 1 ssh2`,
  ),
  ...Array.from({ length: 30 }, (_, n) => `<38>1 2026-11-22T10:00:00Z web01 app ${n} - - hello`),
  'Nov 22 10:00:00 web01 cron[1]: no priority at all',
  '{"log":{"syslog":{"severity":{"code":3},"priority":38}},"message":"keys of its own"}',
  '{"message":"nothing of syslog"}',
];
const queries = [
  'log.syslog.priority:38',
  'pri>=160',
  'log.syslog.facility.code:4',
  'facility:auth',
  'facility:local*',
  'severity:(error OR critical)',
  'severity:e*',
  'NOT severity:*',
  'log.syslog.severity.code<=3',
  'log.syslog.severity.code:3 NOT facility:kern',
  'facility:authpriv severity:debug',
  'severity:none',
  'log.syslog.priority:(1 OR 2 OR 250)',
];

describe.runIf(await serverIsThere())('documents without what repeats', () => {
  let place: TestTenant;
  let documents: Record<string, unknown>[];
  beforeAll(async () => {
    place = await createTestTenant();
    const segmentId = testSegment(1);
    const records = lines.map((line, leaf): IndexableRecord => ({
      leaf,
      originIndex: 0,
      flags: 0,
      receivedAtUs: 1_795_000_000_000_000 + leaf * 1_000,
      sequence: leaf,
      notes: new Uint8Array(),
      record: Buffer.from(line),
    }));
    const { tenantId, tenant } = place;
    const segment = { tenantId, segmentId, documentIdPrefix: tenant.documentIdPrefix(segmentId) };
    const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
    const bodies = [...encodeBulkLines({ ...segment, origins: [origin], records, normalizer })];
    expect(await tenant.bulkCreate(bodies)).toMatchObject({ created: lines.length, rejected: [] });
    await tenant.refresh();
    const written = Buffer.concat(bodies).toString('utf8').split('\n');
    documents = lines.map((_, n) => expandDocument(JSON.parse(written[n * 2 + 1] ?? '') as Record<string, unknown>));
    expect(documents[38]).toMatchObject({
      'log.syslog.facility.name': 'auth',
      'log.syslog.severity.name': 'informational',
    });
  });
  afterAll(() => place.remove());

  const everything = scopeOfLogGroups(['*']);
  const fields = [
    'log.syslog.priority',
    'log.syslog.facility.code',
    'log.syslog.facility.name',
    'log.syslog.severity.name',
  ];

  it.each(queries)('finds the same for "%s" as in whole documents', async (text) => {
    const parsed = parseQuery(text);
    if (!parsed.ok) throw new Error(parsed.code);
    const wanted = documents.filter((document) => matches(parsed.tree, document));
    const page = await place.tenant.search({
      tree: parsed.tree,
      scope: everything,
      sort: 'oldest',
      timeField: 'received_at',
      limit: 1_000,
    });
    if (!page.ok) throw new Error(page.code);
    expect(page.items.map(({ document }) => document)).toEqual(wanted);
    const facets = await place.tenant.facets({ tree: parsed.tree, scope: everything, fields, size: 200 });
    expect(facets).toHaveLength(fields.length);
    for (const { field, values, others } of facets) {
      const counts = new Map<unknown, number>();
      const counted = documents.filter((document) => matches(withoutField(parsed.tree, field), document));
      for (const document of counted) {
        const value = document[field];
        if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      expect(others).toBe(0);
      expect(new Map(values.map(({ value, count }) => [value, count]))).toEqual(counts);
    }
  });

  it('counts, completes and tells of fields as in whole documents', async () => {
    const all = { tree: { kind: 'all' }, scope: everything } as const;
    const [severities] = await place.tenant.facets({ ...all, fields: ['log.syslog.severity.name'], size: 3 });
    expect(severities?.values).toEqual([
      { value: 'informational', count: 54 },
      { value: 'alert', count: 24 },
      { value: 'critical', count: 24 },
    ]);
    expect(severities?.others).toBe(24 * 5);
    expect(severities?.missing).toBe(3);
    const [completed] = await place.tenant.facets({
      ...all,
      fields: ['log.syslog.facility.name'],
      valuePrefix: 'auth',
    });
    expect(completed?.values.map(({ value }) => value)).toEqual(['auth', 'authpriv']);
    const [part] = await place.tenant.facets({ ...all, fields: ['log.syslog.facility.name'], valuePart: 'OCAL7' });
    expect(part?.values).toEqual([{ value: 'local7', count: 8 }]);
    const { fields: found } = await place.tenant.fieldStats(all);
    expect(found.find(({ field }) => field === 'log.syslog.severity.name')?.count).toBe(222);
    expect(found.some(({ field }) => field === 'pri')).toBe(false);
  });

  it('hides a field that a document does not hold', async () => {
    const hiddenFields = ['log.syslog.severity.name'];
    const scope = createAccessScope([{ logGroups: ['*'], logStreams: [], sources: [], rowFilter: null, hiddenFields }]);
    const tree = { kind: 'equals', field: 'log.syslog.severity.name', value: 'error' } as const;
    expect(await place.tenant.search({ tree, scope })).toMatchObject({ total: { value: 0 } });
    const page = await place.tenant.search({
      tree: { kind: 'equals', field: 'log.syslog.priority', value: 38 },
      scope,
    });
    if (!page.ok) throw new Error(page.code);
    expect(Object.keys(page.items[0]?.document ?? {})).not.toEqual(expect.arrayContaining(hiddenFields));
    expect(page.items[0]?.document['log.syslog.facility.name']).toBe('auth');
  });
});
