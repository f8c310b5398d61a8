import { mkdtemp, open, readdir, readFile, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createFile, replaceFile } from './durable-file.ts';

let root: string;
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'akashi-durable-'))));
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

it('keeps the first writer’s content, or the last one’s, as it is asked to', async () => {
  const path = join(root, 'kept');
  expect([await createFile(path, 'first'), await createFile(path, 'second')]).toEqual(['created', 'exists']);
  expect(await readFile(path, 'utf8')).toBe('first');
  await replaceFile(path, 'third');
  expect(await readFile(path, 'utf8')).toBe('third');
  expect(await readdir(root)).toEqual(['kept']);
});

it('leaves what was there, and nothing else, when the disk refuses', async () => {
  const path = join(root, 'kept');
  await createFile(path, 'first');
  const handle = await open(path, 'r');
  await handle.close();
  const refused = Object.assign(new Error(), { code: 'ENOSPC' });
  vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'sync').mockRejectedValueOnce(refused);
  await expect(replaceFile(path, 'second')).rejects.toBe(refused);
  expect(await readFile(path, 'utf8')).toBe('first');
  expect(await readdir(root)).toEqual(['kept']);
});
