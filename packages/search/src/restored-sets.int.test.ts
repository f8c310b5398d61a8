import { randomUUID } from 'node:crypto';
import { scopeOfLogGroups } from '@akashi/policy';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersTo, askedQueries, askedScopes, documentsOf, readTree } from './asked-answers.fixtures.ts';
import { createSearch, type Search } from './create-search.ts';
import { bulkBody, serverIsThere, serverUrl, testEventId, type TestDocument } from './real-server.fixtures.ts';
import type { RestoredSet } from './restored-sets.ts';

/**
 * The oracle of restored sets: an organisation whose events are partly online and partly in sets, which overlap with what is
 * online and with each other, is answered as one that has all of these events online, and as one alone. Real server.
 */
const tenantId = randomUUID();
const all = documentsOf(0);
const receivedAt = (document: TestDocument): number => Number(document['received_at']);
const times = all.map(receivedAt).toSorted((a, b) => a - b);
const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
const everything = scopeOfLogGroups(['*']);

interface Drawn {
  readonly sets: readonly Omit<RestoredSet, 'id'>[];
  readonly isOnline: readonly boolean[];
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  sets: fc
    .array(
      fc.record({
        logGroups: fc.constantFrom(['db'], ['web'], ['db', 'web']),
        from: fc.double({ min: 0, max: 0.7, noNaN: true }).map(at),
        length: fc.double({ min: 0.1, max: 0.6, noNaN: true }),
      }),
      { minLength: 1, maxLength: 3 },
    )
    .map((sets) => sets.map(({ length, ...set }) => ({ ...set, to: set.from + Math.ceil(length * (at(1) - at(0))) }))),
  isOnline: fc.array(fc.boolean(), { minLength: all.length, maxLength: all.length }),
});

function isIn(set: Omit<RestoredSet, 'id'>, document: TestDocument): boolean {
  const received = receivedAt(document);
  return set.logGroups.includes(String(document['log.group'])) && received >= set.from && received < set.to;
}

/** Answers without the mark that says where an event was found. */
const unmarked = (answers: string): string => answers.replaceAll(',"restored":true', '');

describe.runIf(await serverIsThere())('restored sets', () => {
  const run = randomUUID().slice(0, 8);
  const prefixes: string[] = [];
  const opened: Search[] = [];
  const open = async (place: string): Promise<Search> => {
    const streamPrefix = `test-restored-${place}-${run}`;
    const search = createSearch({ url: serverUrl, streamPrefix });
    await search.platform.prepare();
    prefixes.push(streamPrefix);
    opened.push(search);
    return search;
  };
  let others: Search;
  beforeAll(async () => {
    others = await open('pool');
    const somebody = randomUUID();
    await others.forTenant(somebody).bulkCreate([bulkBody(documentsOf(1), somebody)]);
  }, 60_000);
  afterAll(async () => {
    for (const prefix of prefixes) {
      await fetch(`${serverUrl}/_data_stream/${prefix}-*`, { method: 'DELETE' });
      await fetch(`${serverUrl}/_index_template/${prefix}`, { method: 'DELETE' });
    }
    for (const search of opened) await search.close();
  });

  const fill = async (
    search: Search,
    { sets, isOnline }: { readonly sets: readonly RestoredSet[]; readonly isOnline: readonly boolean[] },
  ): Promise<void> => {
    const tenant = search.forTenant(tenantId);
    const online = all.filter((_, n) => isOnline[n]);
    if (online.length > 0) await tenant.bulkCreate([bulkBody(online, tenantId)]);
    for (const set of sets) {
      const stream = tenant.restoredSet(set.id);
      await stream.prepare();
      const held = all.filter((document) => isIn(set, document));
      if (held.length > 0) await stream.bulkCreate([bulkBody(held, tenantId)]);
      await stream.refresh();
      expect(await stream.count()).toBe(held.length);
    }
    await tenant.refresh();
  };

  it('are answered with what is online as if all of it were online, whoever else is there', async () => {
    const [silo, whole] = [await open('silo'), await open('whole')];
    await fc.assert(
      fc.asyncProperty(fc.noShrink(drawn), async ({ sets: extents, isOnline }) => {
        const sets = extents.map((extent) => ({ ...extent, id: randomUUID() }));
        for (const search of [others, silo]) {
          await search.forTenant(tenantId).removeAll();
          await fill(search, { sets, isOnline });
        }
        await whole.forTenant(tenantId).removeAll();
        const held = all.filter((document, n) => isOnline[n] || sets.some((set) => isIn(set, document)));
        if (held.length > 0) await whole.forTenant(tenantId).bulkCreate([bulkBody(held, tenantId)]);
        await whole.forTenant(tenantId).refresh();
        for (const query of ['', ...fc.sample(fc.constantFrom(...askedQueries), 1)])
          for (const scope of askedScopes.slice(0, 3)) {
            const tree = readTree(query);
            const among = await answersTo(others.forTenant(tenantId).withRestored(sets), tree, scope);
            expect(among).toBe(await answersTo(silo.forTenant(tenantId).withRestored(sets), tree, scope));
            const [found, expected] = [among, await answersTo(whole.forTenant(tenantId), tree, scope)];
            expect(comparable(unmarked(found))).toEqual(comparable(expected));
          }
        for (const search of [others, silo])
          for (const { id } of sets) await search.forTenant(tenantId).restoredSet(id).remove();
      }),
      { numRuns: 3 },
    );
  }, 240_000);

  it('mark what was found in them, and are not searched unless they are asked for', async () => {
    const search = await open('marked');
    const set = { id: randomUUID(), logGroups: ['db', 'web'], from: at(0), to: at(0.5) };
    await fill(search, { sets: [set], isOnline: all.map((document) => !isIn(set, document)) });
    const tenant = search.forTenant(tenantId);
    const held = all.filter((document) => isIn(set, document));
    const selection = { tree: { kind: 'all' }, scope: everything, limit: 1_000 } as const;
    const page = await tenant.withRestored([set]).search(selection);
    const found = page.ok ? page.items : [];
    expect(found).toHaveLength(all.length);
    expect(found.filter(({ restored }) => restored === true)).toHaveLength(held.length);
    const alone = await tenant.search(selection);
    expect(alone.ok && alone.items).toHaveLength(all.length - held.length);
    expect(await tenant.get(testEventId(0, 0), everything)).toBeUndefined();
    expect(await tenant.withRestored([set]).get(testEventId(0, 0), everything)).toMatchObject({ restored: true });
  });

  it('are a fault when one of them is gone, and never an answer that looks like nothing', async () => {
    const tenant = (await open('gone')).forTenant(tenantId);
    const gone = { id: randomUUID(), logGroups: ['db'], from: 0, to: 1 };
    const selection = { tree: { kind: 'all' }, scope: everything } as const;
    await expect(tenant.withRestored([gone]).search(selection)).rejects.toMatchObject({ code: 'search-unavailable' });
    await expect(tenant.restoredSet(gone.id).remove()).resolves.toBeUndefined();
  });
});

/**
 * Cursors are bound to whether sets are read, and counts of the most frequent values have a bound of their error as soon as there
 * is more than one index.
 */
function comparable(answers: string): unknown {
  return JSON.parse(answers.replaceAll(/"next":"[^"]+"/g, '"next":""').replaceAll(/"error":\d+/g, '"error":0'));
}
