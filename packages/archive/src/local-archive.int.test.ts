import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openArchive, type ArchiveObject, type TenantArchive } from './index.ts';

const tenant = '0199d0c0-0000-7000-8000-000000000001';
const other = '0199d0c0-0000-7000-8000-000000000002';
const block = 'blocks/2026/11/22/000000000017.akb';

let dir: string;
let archive: TenantArchive;
beforeEach(async () => {
  dir = join(await mkdtemp(join(tmpdir(), 'akashi-archive-')), 'archive');
  archive = openArchive(pathToFileURL(dir).href).forTenant(tenant);
});
afterEach(() => rm(join(dir, '..'), { recursive: true }));

async function keysOf(listing: AsyncIterable<ArchiveObject>): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listing) keys.push(key);
  return keys;
}

describe('the local archive', () => {
  it('writes an object once and never changes it', async () => {
    expect(await archive.putOnce(block, Buffer.from('block'))).toBe('created');
    expect(await archive.putOnce(block, Buffer.from('block'))).toBe('exists-same');
    expect(await archive.putOnce(block, Buffer.from('other'))).toBe('exists-other');
    expect(await archive.get(block)).toEqual(Buffer.from('block'));
    expect((await stat(join(dir, tenant, block))).mode & 0o777).toBe(0o400);
    expect((await stat(join(dir, tenant))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });

  it('lets one of many writers at the same moment create an object', async () => {
    const bodies = Array.from({ length: 8 }, (_, n) => Buffer.from(`body ${n}`));
    const outcomes = await Promise.all(bodies.map((body) => archive.putOnce(block, body)));
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'exists-other')).toHaveLength(7);
    expect(await archive.get(block)).toEqual(bodies[outcomes.indexOf('created')]);
  });

  it('reads the front of an object, and null for what is not there', async () => {
    await archive.putOnce(block, Buffer.from('header\nbody'));
    expect(await archive.head(block, 6)).toEqual(Buffer.from('header'));
    expect(await archive.head(block, 100)).toEqual(Buffer.from('header\nbody'));
    expect(await archive.head('blocks/none', 6)).toBeNull();
    expect(await archive.get('blocks/none')).toBeNull();
    expect(await archive.get(`${block}/below`)).toBeNull();
  });

  it('lists in key order, by prefix, one tenant only', async () => {
    const keys = ['log/tile/0/000', 'log/tile/0/000.p/3', 'log/tile/0/x001/000', 'log/checkpoints/9', block];
    for (const key of keys) await archive.putOnce(key, Buffer.from(key));
    await openArchive(dir).forTenant(other).putOnce('blocks/theirs', Buffer.from('x'));
    expect(await keysOf(archive.list(''))).toEqual([...keys].sort());
    expect(await keysOf(archive.list('log/tile/0/'))).toEqual(keys.slice(0, 3));
    expect(await keysOf(archive.list('log/tile/0/000.'))).toEqual(['log/tile/0/000.p/3']);
    expect(await keysOf(archive.list('blocks/2026/1'))).toEqual([block]);
    expect(await keysOf(archive.list('none'))).toEqual([]);
  });

  it('replaces the checkpoint and nothing else', async () => {
    await archive.replaceCheckpoint(Buffer.from('one'));
    await archive.replaceCheckpoint(Buffer.from('two'));
    expect(await archive.get('log/checkpoint')).toEqual(Buffer.from('two'));
  });

  it('removes partial tiles only beside their full tile', async () => {
    await archive.putOnce('log/tile/0/000.p/3', Buffer.from('three'));
    await archive.putOnce('log/tile/entries/x001/000.p/3', Buffer.from('three'));
    await expect(archive.removePartialTiles('log/tile/0/000')).rejects.toMatchObject({ code: 'not-a-full-tile' });
    await expect(archive.removePartialTiles('blocks/2026')).rejects.toMatchObject({ code: 'not-a-full-tile' });
    await archive.putOnce('log/tile/0/000', Buffer.from('full'));
    await archive.removePartialTiles('log/tile/0/000');
    await archive.removePartialTiles('log/tile/0/000');
    await archive.putOnce('log/tile/entries/x001/000', Buffer.from('full'));
    await archive.removePartialTiles('log/tile/entries/x001/000');
    expect(await keysOf(archive.list(''))).toEqual(['log/tile/0/000', 'log/tile/entries/x001/000']);
  });

  it('refuses keys and ids that could lead elsewhere', async () => {
    for (const key of ['../x', 'a/../b', '/etc/passwd', '', 'a//b', '.hidden', 'a/\0', 'a\\..\\b']) {
      await expect(async () => archive.get(key), key).rejects.toMatchObject({ code: 'invalid-key' });
    }
    expect(() => openArchive(dir).forTenant('..')).toThrowError(expect.objectContaining({ code: 'invalid-id' }));
    expect(() => openArchive('ftp://x')).toThrowError(expect.objectContaining({ code: 'unsupported-url' }));
  });

  it('probes by writing, and clears what a crash left behind long ago', async () => {
    const opened = openArchive(dir);
    await opened.probe();
    const abandoned = join(dir, '.incoming', 'abandoned');
    await writeFile(abandoned, 'half');
    await utimes(abandoned, 0, 0);
    await opened.probe();
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });
});
