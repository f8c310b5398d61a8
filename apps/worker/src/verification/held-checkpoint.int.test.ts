import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { logOrigin, signCheckpoint } from '@akashi/integrity';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, type TestPipeline } from '../pipeline/pipeline.fixtures.ts';
import { processSegment } from '../pipeline/process-segment.ts';
import { verifyTenant } from './verify-tenant.ts';

const isThere = findDatabaseServer() !== undefined && findSearchServer() !== undefined;

describe.runIf(isThere)('what was proven', () => {
  let pipeline: TestPipeline;
  let file: string;
  let outside: Client;

  beforeAll(async () => {
    pipeline = await openTestPipeline();
    file = join(pipeline.parts.heldFolder, `${pipeline.tenantId}.held`);
    outside = new Client({ connectionString: pipeline.databaseUrl });
    await outside.connect();
    await seal('first');
  });
  afterAll(async () => {
    await outside.end();
    await pipeline.close();
  });

  async function seal(line: string): Promise<void> {
    const segmentId = await pipeline.land([line]);
    const signal = AbortSignal.timeout(30_000);
    await processSegment(pipeline.parts, { tenantId: pipeline.tenantId, segmentId, lane: 'ordinary', signal });
    await pipeline.parts.openBlocks.seal({ tenantId: pipeline.tenantId, retentionPolicy: 'default' });
    await pipeline.parts.search.forTenant(pipeline.tenantId).refresh();
  }

  async function verify(): Promise<string[]> {
    const result = await verifyTenant(pipeline.parts, pipeline.tenantId);
    return (result?.findings ?? []).map(({ code, where }) => `${code} ${where}`);
  }

  const held = () => pipeline.parts.database.forTenant(pipeline.tenantId).heldCheckpoints.get();
  /** Whoever owns the database can switch the trigger off. */
  async function asOwner(statement: string, values: unknown[] = []): Promise<void> {
    await outside.query('ALTER TABLE held_checkpoint DISABLE TRIGGER USER');
    await outside.query(statement, values);
    await outside.query('ALTER TABLE held_checkpoint ENABLE TRIGGER USER');
  }

  it('is held in a file and in the database, as it was proven', async () => {
    expect(await verify()).toEqual([]);
    const row = await held();
    expect(row?.size).toBe(1);
    expect(await readFile(file, 'utf8')).toBe(row?.note);
    await seal('second');
    expect(await verify()).toEqual([]);
    expect((await held())?.size).toBe(2);
  });

  it('is told when it is gone from one place, and held there again', async () => {
    await rm(file);
    expect(await verify()).toEqual(['held-checkpoint-missing held checkpoint in the file']);
    expect(await verify()).toEqual([]);
    await asOwner('DELETE FROM held_checkpoint');
    expect(await verify()).toEqual(['held-checkpoint-missing held checkpoint in the database']);
    expect(await verify()).toEqual([]);
  });

  it('is not asked of a node that has proven nothing, which then holds its own', async () => {
    const other = { ...pipeline.parts, node: 'other', heldFolder: join(pipeline.home, 'verification-of-other') };
    const verifyThere = async (): Promise<string[]> =>
      ((await verifyTenant(other, pipeline.tenantId))?.findings ?? []).map(({ code }) => code);
    expect(await verifyThere()).toEqual([]);
    expect((await held())?.nodes).toEqual(['test', 'other']);
    expect(await readFile(join(other.heldFolder, `${pipeline.tenantId}.held`), 'utf8')).toBe((await held())?.note);
    await rm(other.heldFolder, { recursive: true });
    expect(await verifyThere()).toEqual(['held-checkpoint-missing']);
    expect(await verifyThere()).toEqual([]);
    expect(await verify()).toEqual([]);
  });

  it('may be one behind in one place, as a crash leaves it', async () => {
    const before = await readFile(file, 'utf8');
    await seal('third');
    expect(await verify()).toEqual([]);
    await writeFile(file, before);
    expect(await verify()).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe((await held())?.note);
  });

  it('is told when somebody wrote another one', async () => {
    const genuine = await readFile(file, 'utf8');
    const { privateKey } = generateKeyPairSync('ed25519');
    const head = { origin: logOrigin(pipeline.tenantId), size: 3, root: Buffer.alloc(32, 7) };
    await writeFile(file, signCheckpoint(head, privateKey));
    expect(await verify()).toContain('held-checkpoint-altered held checkpoint in the file');
    expect(await verify()).toContain('held-checkpoint-altered held checkpoint in the file');
    await writeFile(file, genuine);
    expect(await verify()).toEqual([]);

    // With the real key, and of the same size: only the other copy tells.
    const key = pipeline.parts.keyring.forTenant(pipeline.tenantId).signingKey();
    await asOwner('UPDATE held_checkpoint SET note = $1', [signCheckpoint(head, key)]);
    expect(await verify()).toContain('held-checkpoint-altered held checkpoint in the database');
    await asOwner('UPDATE held_checkpoint SET note = $1', [genuine]);
    expect(await verify()).toEqual([]);
  });

  it('is what a shorter log is held against, when either copy is left', async () => {
    const genuine = await readFile(file, 'utf8');
    const key = pipeline.parts.keyring.forTenant(pipeline.tenantId).signingKey();
    const longer = signCheckpoint({ origin: logOrigin(pipeline.tenantId), size: 9, root: Buffer.alloc(32, 7) }, key);
    await asOwner('UPDATE held_checkpoint SET note = $1, size = 9', [longer]);
    await rm(file);
    const findings = await verify();
    expect(findings).toContain('held-checkpoint-missing held checkpoint in the file');
    expect(findings.some((finding) => finding.startsWith('log-truncated'))).toBe(true);
    await asOwner('DELETE FROM held_checkpoint');
    await writeFile(file, genuine);
  });
});
