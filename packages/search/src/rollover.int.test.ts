import { randomUUID } from 'node:crypto';
import { eventIdOf } from '@akashi/log-event';
import { scopeOfLogGroups } from '@akashi/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSearch } from './create-search.ts';
import { documentIdOf } from './document-id.ts';
import {
  createTestTenant,
  serverIsThere,
  serverUrl,
  testDocument,
  testEventId,
  testSegment,
  type TestDocument,
  type TestTenant,
} from './real-server.fixtures.ts';
import { periodOf, placementOf } from './placement.ts';

const prefix = `test-rollover-${randomUUID().slice(0, 8)}`;
const dayMs = 86_400_000;
const everything = scopeOfLogGroups(['*']);
const shared = placementOf({ prefix, largeTenants: new Set() }, randomUUID());

async function call(method: string, path: string): Promise<Record<string, unknown>> {
  return (await (await fetch(serverUrl + path, { method })).json()) as Record<string, unknown>;
}

async function streams(): Promise<string[]> {
  const { data_streams: found } = (await call('GET', `/_data_stream/${prefix}-*`)) as {
    data_streams: { name: string }[];
  };
  return found.map(({ name }) => name);
}

/** The record of a segment that was opened at a moment. */
function receivedAt(ms: number, rest: TestDocument = {}): TestDocument {
  const hex = ms.toString(16).padStart(12, '0');
  const segment = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000001`;
  return testDocument(1, 0, { received_at: ms, '@timestamp': ms, 'akashi.segment': segment, ...rest });
}

const segmentOf = (document: TestDocument): string => String(document['akashi.segment']);
const idOf = (document: TestDocument): string => eventIdOf({ segmentId: segmentOf(document), position: 0 });

/** Real server: what happens to documents when their stream gets a new index, and when their days online are over. */
describe.runIf(await serverIsThere())('streams by days online and period of receipt', () => {
  let mine: TestTenant;
  let other: TestTenant;
  beforeAll(async () => {
    mine = await createTestTenant(prefix);
    other = await createTestTenant(prefix);
  });
  afterAll(async () => {
    await call('DELETE', `/_data_stream/${prefix}-*`);
    await call('DELETE', `/_index_template/${prefix}`);
    await mine.search.close();
    await other.search.close();
  });
  const found = async (): Promise<string[]> => {
    await mine.tenant.refresh();
    const page = await mine.tenant.search({ tree: { kind: 'all' }, scope: everything, sort: 'oldest' });
    if (!page.ok) throw new Error(page.code);
    return page.items.map(({ id }) => id);
  };

  it('answers with nothing where nothing was ever written', async () => {
    expect(await found()).toEqual([]);
    expect(await Array.fromAsync(mine.tenant.readBack({}))).toEqual([]);
    const reading = await mine.tenant.readEvents({ tree: { kind: 'all' }, scope: everything });
    expect([reading.count, await Array.fromAsync(reading.pages())]).toEqual([0, []]);
  });

  it('keeps equal ids of two tenants apart', async () => {
    const documents = [testDocument(1, 0), testDocument(1, 1)];
    expect(await mine.tenant.bulkCreate([mine.body(documents)])).toMatchObject({ created: 2, existing: 0 });
    expect(await other.tenant.bulkCreate([other.body(documents)])).toMatchObject({ created: 2, existing: 0 });
    expect(await streams()).toEqual([shared.streamOf(testSegment(1), 90)]);
  });

  it('creates what is missing and nothing again when a body comes once more after a rollover, or for longer', async () => {
    await call('POST', `/${shared.streamOf(testSegment(1), 90)}/_rollover`);
    const documents = Array.from({ length: 5 }, (_, position) => testDocument(1, position));
    const replay = { isReplay: true };
    expect(await mine.tenant.bulkCreate([mine.body(documents)], replay)).toMatchObject({ created: 3, existing: 2 });
    const longer = { isReplay: true, onlineDays: 400 };
    expect(await mine.tenant.bulkCreate([mine.body(documents)], longer)).toMatchObject({ created: 0, existing: 5 });
    expect(await found()).toEqual(documents.map((_, position) => testEventId(1, position)));
    expect((await mine.tenant.get(testEventId(1, 0), everything))?.document['record']).toBe('event 0 of segment 1');
  });

  it('has a tenant’s documents taken out of all of its indices, and nobody else’s', async () => {
    expect(await mine.tenant.removeSegments([testSegment(9)])).toBe(0);
    expect(await mine.tenant.removeAll()).toBe(5);
    const count = { tree: { kind: 'all' }, scope: everything, limit: 1 } as const;
    expect(await mine.tenant.search(count)).toMatchObject({ total: { value: 0 } });
    expect(await other.tenant.search(count)).toMatchObject({ total: { value: 2 } });
    expect((await other.tenant.get(testEventId(1, 0), count.scope))?.id).toBe(testEventId(1, 0));
    expect(documentIdOf(mine.tenantId, testEventId(1, 0))).not.toBe(documentIdOf(other.tenantId, testEventId(1, 0)));
  });

  it('gives a large organisation streams of its own, of which others see nothing, beside what it had before', async () => {
    const large = createSearch({ url: serverUrl, streamPrefix: prefix, largeTenants: [mine.tenantId] });
    const tenant = large.forTenant(mine.tenantId);
    await mine.tenant.bulkCreate([mine.body([testDocument(1, 0)])]);
    const replay = { isReplay: true };
    const documents = [testDocument(1, 0), testDocument(1, 1)];
    expect(await tenant.bulkCreate([mine.body(documents)], replay)).toMatchObject({ created: 1, existing: 1 });
    await tenant.refresh();
    const count = { tree: { kind: 'all' }, scope: everything, limit: 1 } as const;
    expect(await tenant.search(count)).toMatchObject({ total: { value: 2 } });
    expect((await Array.fromAsync(tenant.readBack({}))).flat()).toHaveLength(2);
    // A process that was not told yet reads the shared streams alone.
    expect(await mine.tenant.search(count)).toMatchObject({ total: { value: 1 } });
    expect(await tenant.removeAll()).toBe(2);
    await large.close();
  });

  it('drops each index when its newest record is past the days of its class, and not before', async () => {
    await call('DELETE', `/_data_stream/${prefix}-*`);
    const begun = periodOf(testSegment(1));
    const day = (days: number): TestDocument => receivedAt(begun + days * dayMs);
    const write = async (document: TestDocument, onlineDays: number): Promise<void> => {
      const outcome = await mine.tenant.bulkCreate([mine.body([document])], { onlineDays });
      expect(outcome).toMatchObject({ created: 1 });
    };
    // Two periods of the class of ninety days, one of a long class. The second is written after more than thirty days away.
    for (const days of [1, 2, 40]) await write(day(days), 90);
    await write(day(3), 36_500);
    const { platform } = mine.search;
    const keptAt = async (days: number, options = {}): Promise<string[]> => {
      const { rolledOver, removed } = await platform.keepIndices(new Date(begun + days * dayMs), options);
      expect(rolledOver).toEqual([]);
      expect(await found()).toHaveLength(4 - gone);
      return [...removed];
    };
    let gone = 0;
    const { length: all } = await streams();
    expect(all).toBe(3);
    expect(await keptAt(92)).toEqual([]);
    expect(await keptAt(92.1, { removesNothing: true })).toEqual([]);
    gone = 2;
    expect(await keptAt(92.1)).toEqual([expect.stringContaining(shared.streamOf(segmentOf(day(1)), 90))]);
    expect(await found()).toEqual([idOf(day(3)), idOf(day(40))]);
    expect(await keptAt(130)).toEqual([]);
    gone = 3;
    expect(await keptAt(131)).toHaveLength(1);
    expect(await keptAt(36_000)).toEqual([]);
    expect(await platform.listPlaces()).toEqual([{ onlineDays: 36_500, tenantId: null, fromMs: begun }]);
  });
});
