import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openArchive, type Archive } from '@akashi/archive';
import { startObjectStore, type ObjectStore } from '@akashi/s3-testserver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runVerifier, type VerifierReport } from './run-verifier.ts';

/** Evidence of a real tenant: what the verifier says of it in a folder, it must say of it in a bucket. */
const home = fileURLToPath(new URL('../../../verifier/fixtures/home-of-format-1', import.meta.url));
const tenantId = '4beede40-ec84-482b-875b-189ef74458f0';
const folder = join(home, 'archive', tenantId);
const dataFolder = join(home, 'keys', 'tenants', tenantId, 'data');
const block = 'blocks/2026/11/30/000000000002.akb';

const dir = mkdtempSync(join(tmpdir(), 'akashi-s3-evidence-'));
const started = await startObjectStore({ dir });
if ('missing' in started) process.stderr.write(`tests skipped: ${started.missing}\n`);

describe.skipIf('missing' in started)('evidence in an S3 bucket', () => {
  const store = started as ObjectStore;
  let archive: Archive;

  const verify = (place: string): Promise<VerifierReport | null> =>
    runVerifier({
      place,
      verifierKey: join(folder, 'verifier-key.txt'),
      dataKeyFile: join(dataFolder, readdirSync(dataFolder)[0] ?? ''),
      heldCheckpoint: undefined,
    });

  beforeAll(async () => {
    Object.assign(process.env, store.env);
    await store.makeBucket('evidence');
    archive = openArchive(store.archiveUrl('evidence', 'akashi'));
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

  it('is proven as in a folder, and leaves no copy behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('akashi-verify-'));
    const [there, here] = await Promise.all([verify(archive.placeOf(tenantId)), verify(folder)]);
    expect(there).toMatchObject({ ok: true, size: 7, records: 329 });
    expect(there).toEqual(here);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('akashi-verify-'))).toEqual(before);
  });

  it('is found altered when somebody changes it behind the store’s back', async () => {
    const path = store.pathOf('evidence', `akashi/${tenantId}/${block}`);
    const bytes = readFileSync(path);
    const altered = Buffer.from(bytes);
    altered[altered.length - 20] = (altered[altered.length - 20] ?? 0) ^ 1;
    writeFileSync(path, altered);
    const report = await verify(archive.placeOf(tenantId));
    writeFileSync(path, bytes);
    expect(report?.problems[0]).toMatchObject({ code: 'block-body-altered', object: block, block: 2 });
  });

  it('is neither proven nor altered while the store is away', async () => {
    await store.kill();
    await expect(verify(archive.placeOf(tenantId))).rejects.toMatchObject({ name: 'VerificationUnfinished' });
    await store.start();
    expect(await verify(archive.placeOf(tenantId))).toMatchObject({ ok: true });
  });
});
