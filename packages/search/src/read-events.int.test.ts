import { createAccessScope, scopeOfLogGroups } from '@akashi/policy';
import type { QueryTree } from '@akashi/query';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestTenant, serverIsThere, testDocument, testEventId, type TestTenant } from './real-server.fixtures.ts';
import type { EventReading } from './read-events.ts';

/** Real server; nothing is faked. */
const everything = scopeOfLogGroups(['*']);
const all: QueryTree = { kind: 'all' };
const received = 1_790_000_001_000;
const day = { from: received, to: received + 10_000, timeField: 'received_at' } as const;

async function idsOf(reading: EventReading): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of reading.pages()) ids.push(...page.map(({ id }) => id));
  return ids;
}

describe.runIf(await serverIsThere())('the events of a period', () => {
  let mine: TestTenant;
  let other: TestTenant;

  beforeAll(async () => {
    mine = await createTestTenant('test-reading-events');
    other = await createTestTenant('test-reading-events');
    // Later received is earlier by its own clock, so that the two orders differ.
    const documents = Array.from({ length: 2_300 }, (_, leaf) =>
      testDocument(1, leaf, {
        '@timestamp': received - leaf * 10,
        'log.group': leaf % 5 === 0 ? 'db' : 'web',
        'user.name': `user${leaf % 7}`,
        ...(leaf % 100 === 0 ? { record: 'x'.repeat(200_000) } : {}),
      }),
    );
    await mine.tenant.bulkCreate([mine.body(documents)]);
    await other.tenant.bulkCreate([other.body([testDocument(1, 0, { 'user.name': 'stranger' })])]);
    await Promise.all([mine.tenant.refresh(), other.tenant.refresh()]);
  });
  afterAll(async () => {
    await mine.remove();
    await other.remove();
  });

  it('are read whole, each once, oldest first by their own time, also where texts are long', async () => {
    const reading = await mine.tenant.readEvents({ tree: all, scope: everything, ...day });
    const expected = Array.from({ length: 2_300 }, (_, leaf) => testEventId(1, 2_299 - leaf));
    expect(reading.count).toBe(2_300);
    expect(await idsOf(reading)).toEqual(expected);
    // A second reading of the same moment, whatever came meanwhile.
    await mine.tenant.bulkCreate([mine.body([testDocument(1, 5_000, { '@timestamp': received })])]);
    await mine.tenant.refresh();
    expect(await idsOf(reading)).toEqual(expected);
    await reading.close();
    await expect(idsOf(reading)).rejects.toThrow();
  });

  it('are those of their receive time and scope, with hidden fields left out', async () => {
    const scope = createAccessScope([
      { logGroups: ['db'], logStreams: [], sources: [], rowFilter: null, hiddenFields: ['user.name'] },
    ]);
    const reading = await mine.tenant.readEvents({ tree: all, scope, ...day, to: received + 100 });
    const documents = (await Array.fromAsync(reading.pages())).flat();
    await reading.close();
    expect(reading.count).toBe(20);
    expect(documents).toHaveLength(20);
    expect(documents.every(({ document }) => document['log.group'] === 'db' && !('user.name' in document))).toBe(true);
  });

  it('tell which conditions were fulfilled, within the scope', async () => {
    const is = (value: string): QueryTree => ({ kind: 'equals', field: 'user.name', value });
    const conditions = [is('user3'), is('stranger'), { kind: 'and', parts: [is('user1'), is('user2')] } as QueryTree];
    const selection = { tree: all, scope: everything, ...day };
    expect(await mine.tenant.seen(selection, conditions)).toEqual([true, false, false]);
    expect(await mine.tenant.seen({ ...selection, to: received + 3 }, conditions)).toEqual([false, false, false]);
    expect(await mine.tenant.seen({ ...selection, scope: createAccessScope([]) }, conditions)).toEqual(
      conditions.map(() => false),
    );
    const many = Array.from({ length: 450 }, (_, at) => is(`user${at}`));
    const seen = await mine.tenant.seen(selection, many);
    expect(seen.flatMap((each, at) => (each ? [at] : []))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });
});
