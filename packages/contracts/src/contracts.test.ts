import { describe, expect, it } from 'vitest';
import { blocksQuery, contextQuery, event, eventId, eventReference, moment, receipt, searchRequest } from './index.ts';

const range = { from: '2026-11-22T09:00:00+09:00', to: '2026-11-22T01:00:00Z' };

describe('requests', () => {
  it('have defaults and refuse what they do not know, by name', () => {
    expect(searchRequest.parse(range)).toEqual({
      ...range,
      query: '',
      timeField: '@timestamp',
      limit: 100,
      sort: 'desc',
    });
    const unknown = searchRequest.safeParse({ ...range, tenantId: 'x' });
    expect(unknown.error?.issues[0]?.message).toContain('tenantId');
    expect(searchRequest.safeParse({ ...range, limit: 0 }).success).toBe(false);
    expect(contextQuery.parse({ before: '5' })).toEqual({ before: 5, after: 20 });
    expect(blocksQuery.parse({})).toEqual({ limit: 100 });
  });

  it.each(['2026-11-22', '2026-11-22T09:00:00', '2026-13-22T09:00:00Z', '22/Nov/2026'])(
    'refuse %s as a moment',
    (text) => {
      expect(moment.safeParse(text).success).toBe(false);
    },
  );

  it.each(['AZndwAAAcACAAAAAAAAAAQ.17', '17-204', '0-0'])('take %s as a name of an event', (id) => {
    expect(eventReference.safeParse(id).success).toBe(true);
  });
  it.each(['17', '017-2', '-1-2', '17-204/..', '', 'AZndwAAAcACAAAAAAAAAAQ.', 'AZndwAAAcACAAAAAAAAAAQ.01'])(
    'refuse %s as a name of an event',
    (id) => {
      expect(eventReference.safeParse(id).success).toBe(false);
    },
  );
  it('give events no place as an id', () => {
    expect(eventId.safeParse('17-204').success).toBe(false);
  });
});

describe('answers', () => {
  it('drop what the contract lacks, but keep an event’s ECS objects', () => {
    const given = { batchId: 'b', records: 1, bytes: 2, receivedAt: range.to, internal: 'x' };
    expect(receipt.parse(given)).not.toHaveProperty('internal');
    const parsed = event.parse({
      id: 'AZndwAAAcACAAAAAAAAAAQ.2',
      '@timestamp': range.to,
      receivedAt: range.to,
      logGroup: 'g',
      logStream: 's',
      source: { id: 'i', kind: 'http', address: '::1' },
      message: 'm',
      record: 'm',
      block: 1,
      leaf: 2,
      seal: { state: 'sealed' },
      masked: [],
      parse: { format: 'text', status: 'unparsed', reason: 'no-format' },
      labels: {},
      person: null,
      fields: { 'user.name': 'root' },
      user: { name: 'root' },
    });
    expect(parsed['user']).toEqual({ name: 'root' });
  });
});
