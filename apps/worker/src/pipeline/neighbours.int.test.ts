import { rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { segmentPath } from '@akashi/inbox';
import type { TenantId } from '@akashi/database';
import { openQueue, type Queue } from '@akashi/queue';
import { createTestTenant } from '@akashi/testkit';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openTestPipeline, type TestPipeline } from './pipeline.fixtures.ts';
import { consumePipeline } from './pipeline.processor.ts';

// Real: PostgreSQL, the queue in it, OpenSearch, disk, worker threads. More segments that cannot be read than jobs at a time.
const unreadable = 8;
let pipeline: TestPipeline;
let queue: Queue;

beforeAll(async () => {
  pipeline = await openTestPipeline();
  queue = openQueue({ node: 'test', databaseUrl: pipeline.databaseUrl });
});

afterAll(async () => {
  await queue.close();
  await pipeline.close();
});

async function landAll(tenantId: TenantId): Promise<string[]> {
  const landed: string[] = [];
  for (let number = 0; number < unreadable; number += 1) {
    landed.push(await pipeline.land([`line ${number}`], { tenantId }));
  }
  return landed;
}

it('goes on with the segments of others beside those that cannot be read, and says whose those are', async () => {
  const { database, keyring, inboxFolder } = pipeline.parts;
  const [cut, keyless] = [
    (await createTestTenant({ database, keyring })).tenant.id,
    (await createTestTenant({ database, keyring })).tenant.id,
  ];
  const cutSegments = await landAll(cut);
  for (const segmentId of cutSegments) truncateSync(segmentPath(inboxFolder, { tenantId: cut, segmentId }), 10);
  const keylessSegments = await landAll(keyless);
  rmSync(join(pipeline.home, 'keys', 'tenants', keyless, 'inbox'), { recursive: true });
  const sound = [await pipeline.land(['one']), await pipeline.land(['two'])];

  const report = vi.fn();
  const logger = { warn: () => undefined } as never;
  const enqueue = (tenantId: TenantId, segmentId: string): Promise<void> =>
    queue.enqueueSegment({ schema: 1, tenantId, segmentId }, { waitingBytes: 0 });
  for (const segmentId of cutSegments) await enqueue(cut, segmentId);
  for (const segmentId of keylessSegments) await enqueue(keyless, segmentId);
  for (const segmentId of sound) await enqueue(pipeline.tenantId, segmentId);
  const consumer = consumePipeline({ parts: pipeline.parts, queue, logger, faults: { report }, concurrency: 1 });
  try {
    for (const segmentId of sound) {
      await vi.waitFor(
        async () => {
          const segment = await database.forTenant(pipeline.tenantId).segments.get(segmentId);
          expect(segment?.indexedAt).toBeInstanceOf(Date);
        },
        { timeout: 20_000, interval: 100 },
      );
    }
  } finally {
    await consumer.close();
  }
  const told = (tenantId: TenantId): unknown[] => [
    ...new Set(
      report.mock.calls.filter(([id]) => id === tenantId).map(([, act]) => (act as { reason: string }).reason),
    ),
  ];
  expect(told(cut)).toEqual(['not-a-segment']);
  expect(told(keyless)).toEqual(['key-missing']);
  expect(told(pipeline.tenantId)).toEqual([]);
  expect(await database.platform.findUnfinishedSegments({ node: 'test', olderThanMs: 0, limit: 100 })).toHaveLength(
    2 * unreadable,
  );
});
