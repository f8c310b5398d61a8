import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { block, clock, keysOf, localStore, other, s3Store, tenant } from './conformance.fixtures.ts';
import { openArchive, type Archive, type TenantArchive } from './index.ts';

/** What every store must do; it runs on each kind. */
const kinds = [await localStore(), await s3Store()].filter((kind) => kind !== null);
afterAll(async () => void (await Promise.all(kinds.map((kind) => kind.end()))));

const hour = 3_600_000;
/** Whole seconds, in the future by any clock. */
const inAnHour = (): Date => new Date(Math.ceil(Date.now() / 1000) * 1000 + hour);

describe.each(kinds)('an archive in a $name', (kind) => {
  let url: string;
  let opened: Archive;
  let archive: TenantArchive;
  beforeEach(async () => {
    url = await kind.makeUrl();
    opened = openArchive(url, { clock });
    archive = opened.forTenant(tenant);
  });
  afterEach(() => opened.close());

  it('writes an object once and never changes it', async () => {
    expect(await archive.putOnce(block, Buffer.from('block'))).toBe('created');
    expect(await archive.putOnce(block, Buffer.from('block'))).toBe('exists-same');
    expect(await archive.putOnce(block, Buffer.from('other'))).toBe('exists-other');
    expect(await archive.putOnce(block, Buffer.from(''))).toBe('exists-other');
    expect(await archive.get(block)).toEqual(Buffer.from('block'));
  });

  it('keeps any bytes, none included', async () => {
    const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7) % 256));
    await archive.putOnce('blocks/bytes', bytes);
    await archive.putOnce('blocks/none', Buffer.alloc(0));
    expect((await archive.get('blocks/bytes'))?.equals(bytes)).toBe(true);
    expect(await archive.get('blocks/none')).toEqual(Buffer.alloc(0));
    expect(await archive.facts('blocks/none')).toMatchObject({ bytes: 0 });
    expect(await archive.readRange('blocks/none', { start: 0, bytes: 5 })).toEqual(Buffer.alloc(0));
  });

  it('lets one of many writers at the same moment create an object', async () => {
    const bodies = Array.from({ length: 8 }, (_, n) => Buffer.from(`body ${n}`));
    const outcomes = await Promise.all(bodies.map((body) => archive.putOnce(block, body)));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'exists-other')).toHaveLength(7);
    expect(await archive.get(block)).toEqual(bodies[outcomes.indexOf('created')]);
  });

  it('tells each of many writers of the same bytes that they are there', async () => {
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => archive.putOnce(block, Buffer.from('same'))));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'exists-same')).toHaveLength(5);
  });

  it('writes an object while it is made, once, and nothing of one that was not made to its end', async () => {
    const key = 'reports/2026/11/30/run/rows.ndjson.akr';
    const parts = async function* (fault?: Error): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a'.repeat(100_000));
      await Promise.resolve();
      if (fault !== undefined) throw fault;
      yield Buffer.from('end');
    };
    await expect(archive.putStreamOnce(key, parts(new Error('stopped')))).rejects.toThrow('stopped');
    expect(await archive.get(key)).toBeNull();
    const keepUntil = inAnHour();
    expect(await archive.putStreamOnce(key, parts(), { keepUntil })).toBe('created');
    expect(await archive.facts(key)).toEqual({ bytes: 100_003, keepUntil });
    const other = (async function* () {
      yield Buffer.from(await Promise.resolve('other'));
    })();
    expect(await archive.putStreamOnce(key, other, { keepUntil })).toBe('exists');
    expect((await archive.readRange(key, { start: 99_999, bytes: 9 }))?.toString()).toBe('aend');
  });

  it('holds an object until its time, which can only become later', async () => {
    const until = inAnHour();
    const later = new Date(until.getTime() + hour);
    await archive.putOnce(block, Buffer.from('block'), { keepUntil: until });
    expect(await archive.facts(block)).toEqual({ bytes: 5, keepUntil: until });
    expect(await archive.putOnce(block, Buffer.from('block'), { keepUntil: later })).toBe('exists-same');
    expect(await archive.facts(block)).toMatchObject({ keepUntil: later });
    expect(await archive.putOnce(block, Buffer.from('block'), { keepUntil: until })).toBe('exists-same');
    expect(await archive.keepLonger(block, until)).toBe(true);
    expect(await archive.facts(block)).toMatchObject({ keepUntil: later });
    const latest = new Date(later.getTime() + hour);
    expect(await archive.keepLonger(block, latest)).toBe(true);
    expect(await archive.facts(block)).toMatchObject({ keepUntil: latest });
    expect(await archive.keepLonger('blocks/none', latest)).toBe(false);
    expect(await archive.get(block)).toEqual(Buffer.from('block'));
  });

  it('holds an object that was there before without a time', async () => {
    await archive.putOnce(block, Buffer.from('block'));
    expect(await archive.facts(block)).toEqual({ bytes: 5, keepUntil: null });
    const until = new Date(inAnHour().getTime() + 1);
    expect(await archive.putOnce(block, Buffer.from('block'), { keepUntil: until })).toBe('exists-same');
    expect((await archive.facts(block))?.keepUntil?.getTime()).toBe(until.getTime() - 1 + 1000);
  });

  it('reads a part of an object, and null for what is not there', async () => {
    await archive.putOnce(block, Buffer.from('header\nbody'));
    expect(await archive.readRange(block, { start: 0, bytes: 6 })).toEqual(Buffer.from('header'));
    expect(await archive.readRange(block, { start: 7, bytes: 100 })).toEqual(Buffer.from('body'));
    expect(await archive.readRange(block, { start: 3, bytes: 0 })).toEqual(Buffer.alloc(0));
    expect(await archive.readRange(block, { start: 11, bytes: 1 })).toEqual(Buffer.alloc(0));
    expect(await archive.readRange(block, { start: 90, bytes: 1 })).toEqual(Buffer.alloc(0));
    expect(await archive.readRange('blocks/none', { start: 0, bytes: 6 })).toBeNull();
    expect(await archive.readRange('blocks/none', { start: 0, bytes: 0 })).toBeNull();
    expect(await archive.get('blocks/none')).toBeNull();
    expect(await archive.facts('blocks/none')).toBeNull();
    expect(await archive.get(`${block}/below`)).toBeNull();
    expect(await archive.get('blocks')).toBeNull();
    expect(await archive.facts('blocks/2026')).toBeNull();
  });

  it('lists in key order, by prefix, one tenant only, from any key on', async () => {
    const keys = ['log/tile/0/000', 'log/tile/0/000.p/3', 'log/tile/0/x001/000', 'log/checkpoints/9', block];
    for (const key of keys) await archive.putOnce(key, Buffer.from(key));
    await opened.forTenant(other).putOnce('blocks/theirs', Buffer.from('x'));
    expect(await keysOf(archive.list(''))).toEqual([...keys].sort());
    expect(await keysOf(archive.list('log/tile/0/'))).toEqual(keys.slice(0, 3));
    expect(await keysOf(archive.list('log/tile/0/000.'))).toEqual(['log/tile/0/000.p/3']);
    expect(await keysOf(archive.list('blocks/2026/1'))).toEqual([block]);
    expect(await keysOf(archive.list('none'))).toEqual([]);
    expect(await keysOf(archive.list('log/', { after: 'log/tile/0/000' }))).toEqual(keys.slice(1, 3));
    expect(await keysOf(archive.list('log/', { after: 'log/tile/0/000.p/3' }))).toEqual(keys.slice(2, 3));
    expect(await keysOf(archive.list('', { after: 'log/tile' }))).toEqual(keys.slice(0, 3));
    expect(await keysOf(archive.list('', { after: 'zzz' }))).toEqual([]);
    for await (const object of archive.list('blocks/')) expect(object).toEqual({ key: block, bytes: block.length });
  });

  it('replaces the checkpoint and nothing else', async () => {
    expect(await archive.get('log/checkpoint')).toBeNull();
    await archive.replaceCheckpoint(Buffer.from('one'));
    await opened.forTenant(tenant).replaceCheckpoint(Buffer.from('two'));
    expect(await archive.get('log/checkpoint')).toEqual(Buffer.from('two'));
    await opened.forTenant(other).replaceCheckpoint(Buffer.from('theirs'));
    expect(await archive.get('log/checkpoint')).toEqual(Buffer.from('two'));
  });

  it('removes a partial tile only beside a wider one', async () => {
    for (const tile of ['log/tile/0/000', 'log/tile/entries/x001/000']) {
      const partial = (width: number): string => `${tile}.p/${width}`;
      const refused = { code: 'not-superseded' };
      await archive.putOnce(partial(3), Buffer.from('three'));
      await expect(archive.removePartialTile(partial(3), tile)).rejects.toMatchObject(refused);
      await expect(archive.removePartialTile(partial(3), partial(4))).rejects.toMatchObject(refused);
      await archive.putOnce(partial(4), Buffer.from('four'));
      await expect(archive.removePartialTile(partial(4), partial(3))).rejects.toMatchObject(refused);
      await expect(archive.removePartialTile(partial(3), partial(3))).rejects.toMatchObject(refused);
      await archive.removePartialTile(partial(3), partial(4));
      await archive.removePartialTile(partial(3), partial(4));
      expect(await keysOf(archive.list(`${tile}`))).toEqual([partial(4)]);
      await archive.putOnce(tile, Buffer.from('full'));
      await expect(archive.removePartialTile(tile, partial(4))).rejects.toMatchObject(refused);
      await archive.removePartialTile(partial(4), tile);
      expect(await keysOf(archive.list(`${tile}`))).toEqual([tile]);
      // A writer that begins again after a crash may put one there again.
      expect(await archive.putOnce(partial(3), Buffer.from('three'))).toBe('created');
    }
    await archive.putOnce(block, Buffer.from('block'));
    await expect(archive.removePartialTile(block, 'blocks/more')).rejects.toMatchObject({ code: 'not-superseded' });
    await expect(archive.removePartialTile('log/tile/0/001.p/3', 'log/tile/0/000')).rejects.toMatchObject({
      code: 'not-superseded',
    });
  });

  it('removes what is past its time, and nothing that is held', async () => {
    const report = 'reports/2026/11/22/run/rows.ndjson.akr';
    const until = inAnHour();
    for (const key of [block, report]) {
      await archive.putOnce(key, Buffer.from('kept'), { keepUntil: until });
      expect(await archive.heldUntil(key)).toEqual(until);
      expect(await archive.removeKept(key)).toBe('held');
      expect(await archive.get(key)).toEqual(Buffer.from('kept'));
    }
    const soon = 'blocks/2026/11/22/000000000018.akb';
    await archive.putOnce(soon, Buffer.from('kept'), { keepUntil: new Date(Date.now() + 1_500) });
    // The store's own clock has to get there: nobody moves it.
    await vi.waitFor(async () => expect(await archive.removeKept(soon)).toBe('removed'), { timeout: 20_000 });
    expect(await archive.get(soon)).toBeNull();
    expect(await archive.heldUntil(soon)).toBeNull();
    expect(await archive.removeKept(soon)).toBe('absent');
    expect(await keysOf(archive.list('blocks/'))).toEqual([block]);
    // Longer names that begin in the same way are other objects.
    const free = 'blocks/2026/11/21/000000000001.akb';
    for (const key of [free, `${free}.more`]) await archive.putOnce(key, Buffer.from('free'));
    expect(await archive.removeKept(free)).toBe('removed');
    expect(await keysOf(archive.list('blocks/2026/11/21'))).toEqual([`${free}.more`]);
    expect(await archive.putOnce(free, Buffer.from('again'))).toBe('created');
  });

  it('removes nothing that proves the rest', async () => {
    for (const key of ['log/checkpoint', 'log/checkpoints/1', 'log/tile/0/000', 'format.md', 'blocks/none']) {
      await expect((async () => archive.removeKept(key))(), key).rejects.toMatchObject({ code: 'invalid-key' });
    }
  });

  it('refuses keys and ids that could lead elsewhere', async () => {
    for (const key of ['../x', 'a/../b', '/etc/passwd', '', 'a//b', '.hidden', 'a/\0', 'a\\..\\b', `../${other}/x`]) {
      await expect((async () => archive.get(key))(), key).rejects.toMatchObject({ code: 'invalid-key' });
      await expect((async () => archive.putOnce(key, Buffer.from('x')))(), key).rejects.toMatchObject({
        code: 'invalid-key',
      });
    }
    await expect(keysOf(archive.list(`../${other}/`))).rejects.toMatchObject({ code: 'invalid-key' });
    await expect(keysOf(archive.list('../'))).rejects.toMatchObject({ code: 'invalid-key' });
    expect(() => opened.forTenant('..')).toThrowError(expect.objectContaining({ code: 'invalid-id' }));
    expect(() => opened.forTenant('')).toThrowError(expect.objectContaining({ code: 'invalid-id' }));
  });

  it('says that it can be written to, and leaves nothing of that among the evidence', async () => {
    await opened.probe();
    await opened.probe();
    expect(await keysOf(archive.list(''))).toEqual([]);
  });

  it('gives the same evidence to whoever opens it again', async () => {
    await archive.putOnce(block, Buffer.from('block'));
    const again = openArchive(url, { clock });
    expect(await again.forTenant(tenant).get(block)).toEqual(Buffer.from('block'));
    expect(await again.forTenant(tenant).putOnce(block, Buffer.from('other'))).toBe('exists-other');
    await again.close();
  });
});
