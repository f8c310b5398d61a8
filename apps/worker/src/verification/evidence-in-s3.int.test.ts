import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openArchive, type Archive } from '@akashi/archive';
import { startObjectStore, type ObjectStore } from '@akashi/s3-testserver';
import { createClock } from '@akashi/server-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runVerifier, type VerifierReport } from './run-verifier.ts';

/** Evidence of a real tenant: what the verifier says of it in a folder, it must say of it in a bucket. */
const home = fileURLToPath(new URL('../../../verifier/fixtures/home-of-format-1', import.meta.url));
const tenantId = '4beede40-ec84-482b-875b-189ef74458f0';
const folder = join(home, 'archive', tenantId);
const block = 'blocks/2026/11/30/000000000002.akb';

const dir = mkdtempSync(join(tmpdir(), 'akashi-s3-evidence-'));
const started = await startObjectStore({ dir });
if ('missing' in started) process.stderr.write(`tests skipped: ${started.missing}\n`);

describe.skipIf('missing' in started)('evidence in an S3 bucket', () => {
  const store = started as ObjectStore;
  let archive: Archive;

  const verifierKey = readFileSync(join(folder, 'verifier-key.txt'), 'utf8').trim();
  const verify = (archiveUrl: string): Promise<VerifierReport> =>
    runVerifier({
      archiveUrl,
      keysFolder: join(home, 'keys'),
      tenantId,
      verifierKey,
      heldNote: undefined,
      clockOffsetSeconds: 0,
    });
  const inBucket = (): string => store.archiveUrl('evidence', 'akashi');

  beforeAll(async () => {
    Object.assign(process.env, store.env);
    await store.makeBucket('evidence');
    archive = openArchive(store.archiveUrl('evidence', 'akashi'), { clock: createClock() });
    const evidence = archive.forTenant(tenantId);
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const file = join(folder, path);
      if (!statSync(file).isFile()) continue;
      const key = relative(folder, file);
      if (key === 'log/checkpoint') await evidence.replaceCheckpoint(readFileSync(file));
      else await evidence.putOnce(key, readFileSync(file));
    }
  });
  afterAll(async () => {
    await archive.close();
    await store.stop();
    rmSync(dir, { recursive: true });
  });

  it('is proven as in a folder', async () => {
    const [there, here] = await Promise.all([verify(inBucket()), verify(join(home, 'archive'))]);
    expect(there).toMatchObject({ problems: [], size: 7, records: 329 });
    expect(there).toEqual(here);
  });

  it('is found altered when somebody changes it behind the store’s back', async () => {
    const path = store.pathOf('evidence', `akashi/${tenantId}/${block}`);
    const bytes = readFileSync(path);
    const altered = Buffer.from(bytes);
    altered[altered.length - 20] = (altered[altered.length - 20] ?? 0) ^ 1;
    writeFileSync(path, altered);
    const report = await verify(inBucket());
    writeFileSync(path, bytes);
    expect(report.problems[0]).toMatchObject({ code: 'block-body-altered', object: block, block: 2 });
  });

  it('is neither proven nor altered while the store is away', async () => {
    await store.kill();
    await expect(verify(inBucket())).rejects.toMatchObject({ name: 'VerificationUnfinished' });
    await store.start();
    expect(await verify(inBucket())).toMatchObject({ problems: [] });
  });
});
