import { mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { block, clock, tenant } from './conformance.fixtures.ts';
import { openArchive } from './index.ts';

let dir: string;
beforeEach(async () => (dir = join(await mkdtemp(join(tmpdir(), 'akashi-archive-')), 'archive')));
afterEach(() => rm(join(dir, '..'), { recursive: true }));

describe('the local archive', () => {
  it('keeps blocks read-only, everything for its owner alone, and no half-written file', async () => {
    const archive = openArchive(dir, { clock }).forTenant(tenant);
    await archive.putOnce(block, Buffer.from('block'));
    expect((await stat(join(dir, tenant, block))).mode & 0o777).toBe(0o400);
    expect((await stat(join(dir, tenant))).mode & 0o777).toBe(0o700);
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });

  it('leaves the folder of partial tiles no longer than the last of them', async () => {
    const archive = openArchive(dir, { clock }).forTenant(tenant);
    await archive.putOnce('log/tile/0/000.p/3', Buffer.from('three'));
    await archive.putOnce('log/tile/0/000', Buffer.from('full'));
    await archive.removePartialTile('log/tile/0/000.p/3', 'log/tile/0/000');
    expect(await readdir(join(dir, tenant, 'log/tile/0'))).toEqual(['000']);
  });

  it('removes a block when the installation’s clock is past its time, with the folders that it leaves empty', async () => {
    const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 365 * 86_400_000);
    await openArchive(dir, { clock }).forTenant(tenant).putOnce(block, Buffer.from('block'), { keepUntil: until });
    const at = (ms: number) =>
      openArchive(dir, { clock: { ...clock, now: () => new Date(until.getTime() + ms) } }).forTenant(tenant);
    expect(await at(-1).removeKept(block)).toBe('held');
    expect(await at(0).removeKept(block)).toBe('removed');
    expect(await readdir(join(dir, tenant))).toEqual(['blocks']);
    expect(await readdir(join(dir, tenant, 'blocks'))).toEqual([]);
  });

  it('probes by writing, and clears what a crash left behind long ago', async () => {
    const opened = openArchive(dir, { clock });
    await opened.probe();
    const underWay = join(dir, '.incoming', 'under-way');
    await writeFile(underWay, 'half');
    // Times of files are the machine's, also while a drill moves the clock.
    const moved = openArchive(dir, { clock: { ...clock, now: () => new Date(Date.now() + 86_400_000) } });
    await moved.probe();
    expect(await readdir(join(dir, '.incoming'))).toEqual(['under-way']);
    await rm(underWay);
    const abandoned = join(dir, '.incoming', 'abandoned');
    await writeFile(abandoned, 'half');
    await utimes(abandoned, 0, 0);
    await opened.probe();
    expect(await readdir(join(dir, '.incoming'))).toEqual([]);
  });

  it('says in a sentence that its folder cannot be written to', async () => {
    await writeFile(dir, 'a file in its place');
    await expect(openArchive(dir, { clock }).probe()).rejects.toMatchObject({
      code: 'archive-unavailable',
      message: expect.stringContaining(dir) as string,
    });
  });

  it('refuses a URL of another kind', () => {
    expect(() => openArchive('ftp://x', { clock })).toThrowError(expect.objectContaining({ code: 'unsupported-url' }));
  });
});
