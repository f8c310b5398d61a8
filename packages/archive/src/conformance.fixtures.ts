import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startObjectStore, type ObjectStore } from '@akashi/s3-testserver';
import type { ArchiveObject } from './index.ts';

export const tenant = '0199d0c0-0000-7000-8000-000000000001';
export const other = '0199d0c0-0000-7000-8000-000000000002';
export const block = 'blocks/2026/11/22/000000000017.akb';

/** The machine's: nothing is moved. */
export const clock = { now: () => new Date(), hostNow: () => new Date() };

export async function keysOf(listing: AsyncIterable<ArchiveObject>): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listing) keys.push(key);
  return keys;
}

/** A kind of store: a fresh place for evidence each time, named by its URL. */
export interface StoreKind {
  readonly name: string;
  makeUrl(): Promise<string>;
  /** Removes everything. */
  end(): Promise<void>;
}

export async function localStore(): Promise<StoreKind> {
  const dir = await mkdtemp(join(tmpdir(), 'akashi-archive-'));
  let made = 0;
  return {
    name: 'local directory',
    makeUrl: () => Promise.resolve(pathToFileURL(join(dir, `archive-${(made += 1)}`)).href),
    end: () => rm(dir, { recursive: true }),
  };
}

export interface S3StoreKind extends StoreKind {
  readonly server: ObjectStore;
}

/** A bucket with Object Lock in a real server; null, after saying why, on a machine that has none. */
export async function s3Store(): Promise<S3StoreKind | null> {
  const dir = await mkdtemp(join(tmpdir(), 'akashi-s3-'));
  const server = await startObjectStore({ dir });
  if ('missing' in server) {
    process.stderr.write(`tests skipped: ${server.missing}\n`);
    await rm(dir, { recursive: true });
    return null;
  }
  Object.assign(process.env, server.env);
  let made = 0;
  return {
    name: 'S3',
    server,
    makeUrl: async () => {
      const bucket = `evidence-${(made += 1)}`;
      await server.makeBucket(bucket);
      return server.archiveUrl(bucket, 'akashi/one');
    },
    end: async () => {
      await server.stop();
      await rm(dir, { recursive: true });
    },
  };
}
