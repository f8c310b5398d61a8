import { readdirSync, readFileSync, chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scopeOfLogGroups } from '@akashi/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestoreStep } from './restore-parts.ts';
import { drillRestore } from './drill-restore.ts';
import { expireRestores, removeEnded, sweepRestores } from './end-restores.ts';
import { openTestRestores, type TestRestores } from './restores.fixtures.ts';
import { runRestore } from './run-restore.ts';

// Real: PostgreSQL, OpenSearch, disk, the pipeline. Stands in: the death of a process.
let restores: TestRestores;

const minute = 60_000;
const start = Date.parse('2026-08-01T00:00:00Z');
const later = Date.parse('2026-12-01T00:00:00Z');
const going = new AbortController().signal;
const lines = (count: number, of: string): string[] =>
  Array.from(
    { length: count },
    (_, n) => `Aug  1 09:00:0${n % 10} ${of} sshd[${n}]: Failed password for user${n} from 203.0.113.9 port 22 ssh2`,
  );
/** Everything of one log group, but for the last block of it. */
const extent = { logGroups: ['shop/db'], from: new Date(start), to: new Date(start + 6 * minute) };

async function runToEnd(id: string, parts = restores.process()): Promise<void> {
  const { tenantId } = restores.pipeline;
  const outcome = await runRestore(parts, { tenantId, id }, going);
  expect([outcome, (await restores.get(id)).errorCode]).toEqual(['done', null]);
}

beforeAll(async () => {
  restores = await openTestRestores();
  for (let n = 0; n < 7; n += 1) {
    await restores.take(lines(n === 2 ? 2_000 : 5 + n, `db${n}`), { at: start + n * minute, logGroup: 'shop/db' });
    if (n % 3 === 0) await restores.take(lines(3, `web${n}`), { at: start + n * minute, logGroup: 'shop/web' });
  }
  restores.setClock(later);
}, 180_000);
afterAll(() => restores.close());

/** What is online of the extent: the same events, derived by the pipeline. */
async function expected(): Promise<Record<string, string>> {
  const online = Object.entries(await restores.documents(null));
  const isChosen = (source: string): boolean => {
    const document = JSON.parse(source) as Record<string, unknown>;
    const received = Number(document['received_at']);
    return document['log.group'] === 'shop/db' && received >= start && received < start + 6 * minute;
  };
  return Object.fromEntries(online.filter(([, source]) => isChosen(source)));
}

describe('a restored set', () => {
  it('holds the same documents as the index had, to the byte, of its log groups and period alone', async () => {
    const id = await restores.ask(extent);
    expect(await restores.get(id)).toMatchObject({ blocks: 6, state: 'waiting' });
    await runToEnd(id);
    const wanted = await expected();
    expect(Object.keys(wanted)).toHaveLength(5 + 6 + 2_000 + 8 + 9 + 10);
    expect(await restores.documents(id)).toEqual(wanted);
    const made = await restores.get(id);
    expect(made).toMatchObject({ state: 'done', restoredRecords: 2_038, doneRecords: made.records });
    expect(made.expiresAt).toEqual(new Date(later + 14 * 24 * 60 * minute));
    const [set] = await restores.tenant.restores.searchable(restores.now());
    expect(set).toMatchObject({ id, ...extent });
  });

  it.each<[RestoreStep, number]>([
    ['restore-taken', 1],
    ['restore-prepared', 1],
    ['restore-written', 1],
    ['restore-written', 2],
    ['restore-proven', 1],
    ['restore-noted', 2],
    ['restore-counted', 1],
    ['restore-finished', 1],
  ])('is the same after a kill at %s, the %i. time', async (at, time) => {
    const id = await restores.ask(extent);
    const { tenantId } = restores.pipeline;
    await runRestore(restores.process({ at, time }), { tenantId, id }, going).catch(() => undefined);
    if (at === 'restore-finished') {
      expect((await restores.get(id)).state).toBe('done');
    } else {
      // The lease of the dead one has to end first.
      expect(await runRestore(restores.process(), { tenantId, id }, going)).toBe('not-taken');
      restores.setClock(restores.now().getTime() + 2 * minute);
      await runToEnd(id);
    }
    expect(await restores.documents(id)).toEqual(await expected());
    expect((await restores.get(id)).restoredRecords).toBe(2_038);
  });

  it('is made once by two workers at a time', async () => {
    const id = await restores.ask(extent);
    const { tenantId } = restores.pipeline;
    const both = [restores.process(), restores.process()].map((parts) => runRestore(parts, { tenantId, id }, going));
    expect((await Promise.all(both)).toSorted()).toEqual(['done', 'not-taken']);
    expect(await restores.documents(id)).toEqual(await expected());
  });

  it('that was cancelled under way is let go of, and is never searched', async () => {
    const id = await restores.ask(extent);
    const { tenantId } = restores.pipeline;
    const parts = restores.process();
    const cancelling: Promise<boolean>[] = [];
    const noRecord = (): Promise<void> => Promise.resolve();
    const outcome = await runRestore(
      {
        ...parts,
        onStep: (step) => {
          if (step === 'restore-prepared')
            cancelling.push(restores.tenant.restores.cancel(id, { name: '佐藤', at: restores.now() }, noRecord));
        },
      },
      { tenantId, id },
      going,
    );
    expect([outcome, await Promise.all(cancelling)]).toEqual(['lost', [true]]);
    expect((await restores.get(id)).state).toBe('cancelled');
    const searchable = await restores.tenant.restores.searchable(restores.now());
    expect(searchable.map((set) => set.id)).not.toContain(id);
  });

  it('given back by a worker that stops goes on at once with another', async () => {
    const id = await restores.ask(extent);
    const stopping = new AbortController();
    const parts = restores.process();
    const onStep = (step: RestoreStep): void => {
      if (step === 'restore-written') stopping.abort();
    };
    const { tenantId } = restores.pipeline;
    expect(await runRestore({ ...parts, onStep }, { tenantId, id }, stopping.signal)).toBe('again');
    expect((await restores.get(id)).attempts).toBe(0);
    await runToEnd(id);
    expect(await restores.documents(id)).toEqual(await expected());
  });

  it('stands for what is online up to where records were sealed late', async () => {
    const id = await restores.ask(extent);
    await runToEnd(id);
    await restores.take(lines(2, 'late'), { at: start + 4 * minute, logGroup: 'shop/db' });
    await restores.tenant.restores.noteLate(id);
    const sets = await restores.tenant.restores.searchable(restores.now());
    const set = sets.find((each) => each.id === id);
    expect(set?.to).toEqual(new Date(start + 4 * minute));
    const search = restores.pipeline.parts.search.forTenant(restores.pipeline.tenantId);
    await search.refresh();
    const read = search.withRestored([{ id, logGroups: ['shop/db'], from: start, to: set?.to.getTime() ?? 0 }]);
    const found = await read.search({ tree: { kind: 'all' }, scope: scopeOfLogGroups(['shop/db']), limit: 1 });
    const online = await search.search({ tree: { kind: 'all' }, scope: scopeOfLogGroups(['shop/db']), limit: 1 });
    expect(found.ok && found.total).toEqual(online.ok && online.total);
  });

  it('expires by itself, and nothing of it is left', async () => {
    const id = await restores.ask(extent);
    await runToEnd(id);
    const { tenantId, parts } = restores.pipeline;
    const searchable = async () =>
      (await restores.tenant.restores.searchable(restores.now())).map((set) => set.id).includes(id);
    expect(await searchable()).toBe(true);
    restores.setClock(restores.now().getTime() + 14 * 24 * 60 * minute + 1);
    // Not found from that moment on, whether anybody has looked after it or not.
    expect(await searchable()).toBe(false);
    await expireRestores(restores.process());
    expect((await restores.get(id)).state).toBe('expired');
    restores.setClock(restores.now().getTime() + 2 * minute);
    // Killed between the removal and the note of it, it is removed again to no effect.
    await removeEnded(restores.process({ at: 'restore-removed', time: 1 })).catch(() => undefined);
    await removeEnded(restores.process());
    expect((await restores.get(id)).removedAt).toEqual(restores.now());
    const left = await parts.search.platform.listRestoredSets();
    expect(left.map((set) => set.id)).not.toContain(id);
    // A worker without its lease made the stream again.
    await parts.search.forTenant(tenantId).restoredSet(id).prepare();
    await sweepRestores(restores.process());
    expect((await parts.search.platform.listRestoredSets()).map((set) => set.id)).not.toContain(id);
  });

  it('of a drill is proven and removed again, and goes on after a kill', async () => {
    const { tenantId } = restores.pipeline;
    const work = { period: '2026-12', dueAt: restores.now(), signal: going };
    const killed = restores.process({ at: 'restore-written', time: 1 });
    await drillRestore(killed, tenantId, work).catch(() => undefined);
    restores.setClock(restores.now().getTime() + 2 * minute);
    expect(await drillRestore(restores.process(), tenantId, work)).toEqual({ kind: 'done' });
    const drills = (await restores.tenant.restores.list()).filter(({ kind }) => kind === 'drill');
    expect(drills).toMatchObject([{ state: 'expired', errorCode: null, removedAt: restores.now() }]);
    expect(drills[0]?.restoredRecords).toBeGreaterThan(2_000);
    expect(await restores.tenant.restores.searchable(restores.now())).toEqual([]);
    // Done once for its period, however often it is asked.
    expect(await drillRestore(restores.process(), tenantId, work)).toEqual({ kind: 'done' });
    expect((await restores.tenant.restores.list()).filter(({ kind }) => kind === 'drill')).toHaveLength(1);
  });

  it('fails for good where the archive does not hold what was sealed', async () => {
    const id = await restores.ask(extent);
    const folder = join(restores.pipeline.home, 'archive', restores.pipeline.tenantId, 'blocks');
    const [object = ''] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.akb'))
      .toSorted();
    const path = join(folder, object);
    const sealed = readFileSync(path);
    const altered = Buffer.from(sealed);
    altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
    chmodSync(path, 0o600);
    writeFileSync(path, altered);
    const { tenantId } = restores.pipeline;
    expect(await runRestore(restores.process(), { tenantId, id }, going)).toBe('failed');
    expect(await restores.get(id)).toMatchObject({ state: 'failed', errorCode: 'archive-object-conflict' });
    const work = { period: '2027-01', dueAt: restores.now(), signal: going };
    const drill = drillRestore(restores.process(), tenantId, work);
    await expect(drill).rejects.toMatchObject({ code: 'archive-object-conflict' });
    writeFileSync(path, sealed);
  });
});
