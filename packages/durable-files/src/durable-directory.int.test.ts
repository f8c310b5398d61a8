import { mkdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi, type MockInstance } from 'vitest';
import { makeDirectory } from './durable-directory.ts';

let root: string;
let syncing: MockInstance<() => Promise<void>>;
const synced: string[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'akashi-durable-'));
  const handle = await open(root, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  synced.length = 0;
  const sync = Reflect.get(prototype, 'sync') as () => Promise<void>;
  syncing = vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    synced.push(readlinkSync(`/proc/self/fd/${this.fd}`));
    return sync.call(this);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

it('syncs the parent of every directory that it makes, and asks the disk once only', async () => {
  const directory = join(root, 'a', 'b', 'c');
  await makeDirectory(directory);
  expect(synced.slice(0, 3)).toEqual([join(root, 'a', 'b'), join(root, 'a'), root]);
  synced.length = 0;
  await makeDirectory(directory);
  expect(synced).toEqual([]);
});

it('syncs what a process that was killed left without a sync', async () => {
  const directory = join(root, 'a', 'b');
  mkdirSync(directory, { recursive: true });
  await makeDirectory(directory);
  expect(synced.slice(0, 3)).toEqual([join(root, 'a'), root, dirname(root)]);
});

it('takes a directory for durable only after the disk has said so', async () => {
  const directory = join(root, 'refused');
  syncing.mockRejectedValueOnce(Object.assign(new Error(), { code: 'EIO' }));
  await expect(makeDirectory(directory)).rejects.toMatchObject({ code: 'EIO' });
  expect(synced).toEqual([]);
  await makeDirectory(directory);
  expect(synced[0]).toBe(root);
});

it('syncs again for a directory that was taken away meanwhile', async () => {
  const directory = join(root, 'again', 'below');
  await makeDirectory(directory);
  await rm(join(root, 'again'), { recursive: true });
  synced.length = 0;
  await makeDirectory(directory);
  expect(synced).toEqual([join(root, 'again'), root]);
});
