import { rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive, type Archive, type TenantArchive } from '@akashi/archive';
import { startObjectStore, type ObjectStore } from '@akashi/s3-testserver';
import { createClock } from '@akashi/server-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { Sealer } from '../sealing/sealer.ts';
import { verifyShare, verifyTenant } from './verify-tenant.ts';

// Real: PostgreSQL, OpenSearch, disk and versitygw, the offline verifier on its thread. The log grows when the ledger is compared.
const dir = mkdtempSync(join(tmpdir(), 'akashi-grows-'));
const started = await startObjectStore({ dir });
if ('missing' in started) process.stderr.write(`tests skipped: ${started.missing}\n`);
afterAll(async () => {
  if (!('missing' in started)) await started.stop();
  rmSync(dir, { recursive: true });
});

const hourMs = 3_600_000;
const pace = { everyMs: hourMs, onlineMs: 24 * hourMs, archiveMs: 168 * hourMs };

async function bucketUrl(): Promise<string> {
  const store = started as ObjectStore;
  Object.assign(process.env, store.env);
  await store.makeBucket('grows');
  return store.archiveUrl('grows', 'akashi');
}

describe.each([
  ['a folder', false],
  ['a bucket', true],
] as const)('a log in %s that grows while it is verified', (_, isBucket) => {
  let pipeline: TestPipeline;
  let archive: Archive;
  let archiveUrl: string;
  let sealer: Sealer;

  const seal = (): Promise<unknown> =>
    sealer.sealStatement(pipeline.tenantId, () => Promise.resolve({ kind: 'test', content: {} }));
  const grow = async (): Promise<void> => {
    for (let times = 0; times < 6; times += 1) await seal();
  };
  /** The log grows by six entries before the first read of such an object, which takes that size's partial tiles away. */
  const growingAt = (object: RegExp): Archive => {
    let hasGrown = false;
    return {
      ...archive,
      forTenant: (tenantId): TenantArchive => {
        const own = archive.forTenant(tenantId);
        const get: TenantArchive['get'] = async (key) => {
          if (!hasGrown && object.test(key)) {
            hasGrown = true;
            await grow();
          }
          return own.get(key);
        };
        return { ...own, get };
      },
    };
  };

  beforeAll(async () => {
    pipeline = await openTestPipeline();
    archiveUrl = isBucket ? await bucketUrl() : pipeline.parts.archiveUrl;
    archive = openArchive(archiveUrl, { clock: createClock() });
    const { database, keyring } = pipeline.parts;
    const onStep = (): void => undefined;
    const newNonce = (): Buffer => Buffer.alloc(12, 1);
    sealer = new Sealer({ database, archive, keyring, nowUs: () => Date.now() * 1000, newNonce, onStep });
    for (let times = 0; times < 7; times += 1) await seal();
  });
  afterAll(async () => {
    await archive.close();
    await pipeline.close();
  });

  const parts = (object: RegExp) => ({ ...pipeline.parts, archive: growingAt(object), archiveUrl });

  it('is proven when all of it is verified', async () => {
    const result = await verifyTenant(parts(/^log\/tile\/entries\//), pipeline.tenantId);
    expect(result).toMatchObject({ kind: 'full', outcome: 'proven', findings: [] });
  });

  it('is proven when a share of it is', async () => {
    await grow();
    expect(await verifyShare(parts(/^log\/tile\/entries\//), pipeline.tenantId, pace)).toMatchObject({
      kind: 'share',
      outcome: 'proven',
      findings: [],
    });
  });
});
