import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startObjectStore, type ObjectStore } from '@akashi/s3-testserver';
import { runCommand } from './run-command.ts';

/** A bucket with Object Lock in a real S3 server, for the evidence of an installation. */
export interface DrillBucket {
  readonly store: ObjectStore;
  /** `ARCHIVE_URL` and the credentials. */
  readonly env: NodeJS.ProcessEnv;
  /** Where the tenants' objects lie. */
  readonly folder: string;
  /** Lets days pass at the store, whose clock is this machine's: every lock ends so much sooner. Answers how many. */
  passDays(days: number): Promise<number>;
  end(): Promise<void>;
}

const passDaysScript = fileURLToPath(new URL('pass_store_days.py', import.meta.url));
const bucket = 'evidence';
const prefix = 'akashi';

/** This machine has no such server, in a sentence; a drill that needs one is left out. */
export class NoObjectStore extends Error {
  override readonly name = 'NoObjectStore';
}

export async function openDrillBucket(): Promise<DrillBucket> {
  const dir = mkdtempSync(join(tmpdir(), 'akashi-bucket-'));
  const store = await startObjectStore({ dir });
  if ('missing' in store) {
    rmSync(dir, { recursive: true });
    throw new NoObjectStore(store.missing);
  }
  await store.makeBucket(bucket);
  return {
    store,
    env: { ...store.env, ARCHIVE_URL: store.archiveUrl(bucket, prefix) },
    folder: store.pathOf(bucket, prefix),
    passDays: async (days) => {
      const { code, stdout, stderr } = await runCommand('python3', [passDaysScript, dir, String(days)]);
      if (code !== 0) throw new Error(`the store's clock could not be moved: ${stderr}`);
      return Number(stdout);
    },
    end: async () => {
      await store.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
