import { eventFields } from '@akashi/log-event';
import { describe, expect, it } from 'vitest';
import { chooseInterval, maxBuckets } from './histogram-interval.ts';
import { eventMapping } from './index-template.ts';
import { decodeCursor, encodeCursor } from './search-cursor.ts';
import { createSearch } from './create-search.ts';

describe('chooseInterval', () => {
  it('stays within the number of buckets for any range', () => {
    for (let ms = 1; ms < 100 * 365 * 86_400_000; ms = Math.ceil(ms * 1.7)) {
      const interval = chooseInterval(0, ms);
      const shortest = interval.unit === undefined ? interval.ms : interval.ms * 0.9;
      expect(Math.ceil(ms / shortest) + 1).toBeLessThanOrEqual(maxBuckets);
    }
    expect(chooseInterval(0, 3_600_000)).toEqual({ ms: 60_000 });
    expect(chooseInterval(0, 90 * 86_400_000)).toMatchObject({ unit: 'day' });
  });
});

describe('eventMapping', () => {
  it('maps every catalogued field', () => {
    const { properties } = eventMapping() as { properties: Record<string, unknown> };
    for (const [name, { type }] of Object.entries(eventFields)) {
      let at: unknown = { properties };
      for (const part of name.split('.')) at = (at as { properties: Record<string, unknown> }).properties[part];
      expect(at, name).toMatchObject({ type });
    }
  });
});

describe('cursor', () => {
  it('comes back as it was, and only for its own query', () => {
    const cursor = { receivedUntil: 5, after: [1, 'segment', 3] };
    expect(decodeCursor(encodeCursor(cursor, ['q']), ['q'])).toEqual({ ok: true, cursor });
    expect(decodeCursor(encodeCursor(cursor, ['q']), ['other'])).toEqual({ ok: false, code: 'cursor-of-other-query' });
    for (const text of ['', 'x', 'bnVsbA', 'W10', encodeCursor({ receivedUntil: 5, after: [1, 2, 3] }, ['q'])])
      expect(decodeCursor(text, ['q'])).toEqual({ ok: false, code: 'cursor-unreadable' });
  });
});

describe('createSearch', () => {
  it('takes no tenant id that could name another index', () => {
    const search = createSearch({ url: 'http://localhost:1' });
    for (const id of [
      '*',
      'a,b',
      '',
      '../x',
      'A',
      'a-',
      '_all',
      'x'.repeat(65),
      '11111111-1111-4111-8111-11111111111A',
    ])
      expect(() => search.forTenant(id)).toThrow(RangeError);
  });
});
