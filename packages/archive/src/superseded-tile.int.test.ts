import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendToLog, createLogReader, emptyLogEdge, logOrigin, signCheckpoint } from '@akashi/integrity';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { block, clock, keysOf, tenant } from './conformance.fixtures.ts';
import { keepCheckpoint, openArchive, removeSupersededTile, type TenantArchive } from './index.ts';

let dir: string;
let archive: TenantArchive;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'akashi-archive-'));
  archive = openArchive(dir, { clock }).forTenant(tenant);
});
afterEach(() => rm(dir, { recursive: true }));

const entries = Array.from({ length: 300 }, (_, index) => Buffer.from(`entry ${index}`));
const { privateKey } = generateKeyPairSync('ed25519');
const grown = (size: number) => appendToLog(emptyLogEdge, entries.slice(0, size));
const noteOf = (size: number): string =>
  signCheckpoint({ origin: logOrigin(tenant), size, root: grown(size).root }, privateKey);

async function write(...sizes: number[]): Promise<void> {
  for (const size of sizes) {
    for (const { path, bytes } of grown(size).objects) await archive.putOnce(`log/${path}`, bytes);
  }
}

/** Whether the log can be read as it was at that size. */
async function isProvenAt(size: number): Promise<boolean> {
  const reader = createLogReader((path) => archive.get(`log/${path}`));
  return (await reader.root(size)).equals(grown(size).root);
}

const [tile, bundle] = ['log/tile/0/000.p/5', 'log/tile/entries/000.p/5'] as const;

describe('partial tiles of a growing log', () => {
  it('go when a wider one is there', async () => {
    await write(5);
    await expect(removeSupersededTile(archive, { tile, widerWidth: 9 })).rejects.toMatchObject({
      code: 'not-superseded',
    });
    await write(9);
    for (const key of [tile, bundle]) {
      expect(await removeSupersededTile(archive, { tile: key, widerWidth: 9 })).toBe('removed');
      expect(await removeSupersededTile(archive, { tile: key, widerWidth: 9 })).toBe('removed');
      expect(await archive.get(key)).toBeNull();
    }
  });

  it('stay for a kept checkpoint of their size, and come back for one that is kept later', async () => {
    await write(5, 6, 9);
    await keepCheckpoint(archive, noteOf(5));
    expect(await removeSupersededTile(archive, { tile, widerWidth: 9 })).toBe('kept');
    for (const key of ['log/tile/0/000.p/6', 'log/tile/entries/000.p/6']) {
      await removeSupersededTile(archive, { tile: key, widerWidth: 9 });
    }
    await expect(isProvenAt(6)).rejects.toMatchObject({ code: 'missing-tile' });
    const note = noteOf(6);
    await keepCheckpoint(archive, note);
    await keepCheckpoint(archive, note);
    expect(await archive.get('log/checkpoints/6')).toEqual(Buffer.from(note));
    expect(await isProvenAt(5)).toBe(true);
    expect(await isProvenAt(6)).toBe(true);
  });

  it('are not needed any more beside the full tile', async () => {
    await write(300);
    await keepCheckpoint(archive, noteOf(200));
    expect(await isProvenAt(200)).toBe(true);
    expect(await keysOf(archive.list('log/tile/0/000.p/'))).toEqual([]);
    await keepCheckpoint(archive, noteOf(260));
    expect(await isProvenAt(260)).toBe(true);
  });

  it('come back although the log grows while wider ones are looked for', async () => {
    await write(6, 9, 14, 20);
    await archive.replaceCheckpoint(Buffer.from(noteOf(20)));
    const listed = ['9', '14', '20'].flatMap((width) => [
      `log/tile/0/000.p/${width}`,
      `log/tile/entries/000.p/${width}`,
    ]);
    await removeSupersededTile(archive, { tile: 'log/tile/0/000.p/6', widerWidth: 20 });
    // The log grows behind the listing: all that was listed goes.
    const racing: TenantArchive = {
      ...archive,
      async *list(prefix, options) {
        yield* await Array.fromAsync(archive.list(prefix, options));
      },
      get: async (key) => {
        if (listed.includes(key) && (await archive.get('log/tile/0/000.p/30')) === null) {
          await write(30);
          await archive.replaceCheckpoint(Buffer.from(noteOf(30)));
          for (const tile of listed) await removeSupersededTile(archive, { tile, widerWidth: 30 });
        }
        return archive.get(key);
      },
    };
    await keepCheckpoint(racing, noteOf(6));
    expect(await isProvenAt(6)).toBe(true);
    expect(await archive.get('log/tile/0/000.p/6')).not.toBeNull();
  });

  it('are given back when a checkpoint is kept while they are removed', async () => {
    await write(5, 9);
    // The checkpoint arrives between the look for it and the removal.
    const racing: TenantArchive = {
      ...archive,
      removePartialTile: async (key, supersededBy) => {
        await keepCheckpoint(archive, noteOf(5));
        await archive.removePartialTile(key, supersededBy);
      },
    };
    expect(await removeSupersededTile(racing, { tile, widerWidth: 9 })).toBe('kept');
    expect(await isProvenAt(5)).toBe(true);
  });

  it('of higher levels, full tiles and everything else are refused', async () => {
    await write(300);
    for (const key of ['log/tile/1/000.p/1', 'log/tile/0/000', 'log/checkpoint', block]) {
      await expect(removeSupersededTile(archive, { tile: key, widerWidth: 256 })).rejects.toMatchObject({
        code: 'not-superseded',
      });
    }
    await expect(keepCheckpoint(archive, 'x')).rejects.toMatchObject({ code: 'not-a-checkpoint' });
  });
});
