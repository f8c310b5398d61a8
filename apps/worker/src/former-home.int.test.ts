/** A home that ran before evidence format 2 goes on under today's code: nothing is lost, sealed twice or accused. */
import { cpSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { tenantId as toTenantId } from '@akashi/database';
import { decodeLogEntry, createLogReader, formatDescription, formatDescriptionV1 } from '@akashi/integrity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestPipeline, testNode, type TestPipeline } from './pipeline/pipeline.fixtures.ts';
import { processSegment } from './pipeline/process-segment.ts';
import { rebuildIndex } from './rebuild/rebuild-index.ts';
import { verifyTenant } from './verification/verify-tenant.ts';

const fixture = fileURLToPath(new URL('../../verifier/fixtures/home-of-format-1', import.meta.url));
const tenantId = toTenantId('4beede40-ec84-482b-875b-189ef74458f0');
/** Block 7 was cut short before its checkpoint; nobody had taken the other segment. */
const [cutShort, waiting] = ['01a22b9c-9c59-7bf7-a293-877f4c466013', '01a22b9c-9cc9-7d2f-852a-4dd23e9f4932'] as const;

interface FormerDocument {
  readonly id: string;
  readonly document: { readonly record: string };
}

async function fill(client: Client): Promise<void> {
  const rows = JSON.parse(readFileSync(join(fixture, 'rows.json'), 'utf8')) as Record<string, unknown[]>;
  // The rows are as they stood: no trigger acts on them again.
  await client.query('SET session_replication_role = replica');
  for (const [table, found] of Object.entries(rows)) {
    await client.query(`INSERT INTO "${table}" SELECT * FROM jsonb_populate_recordset(NULL::"${table}", $1)`, [
      JSON.stringify(found),
    ]);
  }
  await client.query('UPDATE landing_segment SET ingest_node = $1', [testNode]);
}

function copyTo(home: string): void {
  for (const part of ['archive', 'inbox', 'keys', 'verification']) {
    cpSync(join(fixture, part), join(home, part), { recursive: true });
  }
}

describe('a home of format 1', () => {
  let pipeline: TestPipeline;
  beforeAll(async () => {
    const lastMigration = '20261130064500_confirmed_senders';
    pipeline = await openTestPipeline({ tenantId, database: { lastMigration, fill }, copyTo });
  });
  afterAll(() => pipeline.close());

  const archive = () => pipeline.parts.archive.forTenant(tenantId);

  // The block that was cut short comes back first.
  it('has its index made again from the archive, every former event under its place in the log', async () => {
    expect(await rebuildIndex(pipeline.parts, tenantId, true)).toMatchObject({ blocks: 5, existing: 0 });
    await pipeline.parts.search.forTenant(tenantId).refresh();
    const former = JSON.parse(readFileSync(join(fixture, 'documents.json'), 'utf8')) as FormerDocument[];
    const found = new Map<string, unknown>();
    for (const block of [1, 2, 4, 5]) {
      const { segmentId } = (await pipeline.parts.database.forTenant(tenantId).blocks.get(block)) ?? {};
      const search = pipeline.parts.search.forTenant(tenantId);
      for await (const page of search.readBack({ segmentIds: [segmentId ?? ''] })) {
        for (const { position, source } of page) {
          found.set(`${block}-${position}`, (JSON.parse(source.toString('utf8')) as FormerDocument['document']).record);
        }
      }
    }
    expect(found).toEqual(new Map(former.map(({ id, document }) => [id, document.record])));
  });

  it('finishes what was cut short and what was waiting, once', async () => {
    for (const segmentId of [cutShort, waiting, cutShort]) {
      const signal = AbortSignal.timeout(60_000);
      await processSegment(pipeline.parts, { tenantId, segmentId, lane: 'ordinary', signal });
    }
    const { openBlocks } = pipeline.parts;
    // The first brings the block back that was cut short, the second seals what is in no block then.
    for (let look = 0; look < 2; look += 1) await openBlocks.seal({ tenantId, retentionPolicy: 'default' });
    await openBlocks.tick();
    const { segments, log } = pipeline.parts.database.forTenant(tenantId);
    const { size } = await log.get();
    const reader = createLogReader((path) => archive().get(`log/${path}`));
    const versions: (number | null)[] = [];
    for (let index = 0; index < size; index += 1) {
      const entry = decodeLogEntry(await reader.entry(index, size));
      versions.push(entry.ok && entry.kind === 'block' ? entry.header.version : null);
    }
    expect(versions).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect((await segments.get(cutShort))?.blockNumber).toBe(7);
    expect((await segments.get(waiting))?.blockNumber).toBe(8);
    const inbox = join(pipeline.parts.inboxFolder, tenantId);
    expect(readdirSync(inbox).filter((name) => name.endsWith('.segment'))).toEqual([]);
  });

  it('describes both formats, and keeps what it had', async () => {
    expect(await archive().get('format.md')).toEqual(Buffer.from(formatDescriptionV1));
    expect(await archive().get('format-4.md')).toEqual(Buffer.from(formatDescription));
    const kept = await Array.fromAsync(archive().list('log/checkpoints/'), ({ key }) => Number(key.slice(16)));
    expect(kept.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, ...(kept.includes(9) ? [9] : [])]);
  });

  it('takes a statement behind what it had, without a second description', async () => {
    const { sealer } = pipeline.parts;
    const content = { text: 'of a later release' };
    expect(await sealer.sealStatement(tenantId, () => Promise.resolve({ kind: 'test', content }))).toBe(9);
    expect(await archive().get('format-2.md')).toBeNull();
  });

  it('is proven whole, archive, ledger and index', async () => {
    await pipeline.parts.search.forTenant(tenantId).refresh();
    const result = await verifyTenant(pipeline.parts, tenantId);
    expect(result).toMatchObject({ outcome: 'proven', findings: [], blocks: 9, records: 332 });
  });
});
