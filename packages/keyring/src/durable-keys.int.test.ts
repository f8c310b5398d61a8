import { mkdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openKeyring } from './index.ts';

const tenant = '0199d0c0-0000-7000-8000-000000000001';

let root: string;
const synced = new Set<string>();
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'akashi-keyring-'));
  const handle = await open(root, 'r');
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  synced.clear();
  const sync = Reflect.get(prototype, 'sync') as () => Promise<void>;
  vi.spyOn(prototype, 'sync').mockImplementation(function (this: FileHandle) {
    synced.add(readlinkSync(`/proc/self/fd/${this.fd}`));
    return sync.call(this);
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true });
});

it('makes the folders durable that a process left which was killed before it could', async () => {
  mkdirSync(join(root, 'home', 'keys', 'tenants'), { recursive: true });
  await openKeyring({ dir: join(root, 'home', 'keys') }).createTenantKeys(tenant);
  expect([...synced]).toEqual(expect.arrayContaining([root, join(root, 'home'), join(root, 'home', 'keys')]));
});

it('makes keys durable that a process left which was killed right after their rename', async () => {
  const dir = join(root, 'keys');
  await openKeyring({ dir }).createTenantKeys(tenant);
  synced.clear();
  expect(await openKeyring({ dir }).createTenantKeys(tenant)).toBe('exists');
  expect([...synced]).toContain(join(dir, 'tenants'));
});
