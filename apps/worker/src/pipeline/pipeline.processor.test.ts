import type { PipelineHandler, Queue } from '@akashi/queue';
import { expect, it, vi } from 'vitest';
import { SealingError } from '../sealing/sealing-error.ts';
import { ComputeFault } from './compute-pool.ts';
import { consumePipeline, type ConsumerParts } from './pipeline.processor.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const segmentId = '22222222-2222-4222-8222-222222222222';

/** What the queue hears of an attempt that stops with this. */
async function toldToQueue(error: Error): Promise<unknown> {
  let handler: PipelineHandler | undefined;
  const queue: Pick<Queue, 'consumePipeline'> = {
    consumePipeline: (given) => {
      handler = given;
      return { close: () => Promise.resolve() };
    },
  };
  const segments = { get: () => Promise.reject(error), fail: () => Promise.resolve() };
  const parts = { database: { forTenant: () => ({ segments }) }, metrics: { failed: () => undefined } };
  const rest = { logger: { warn: () => undefined }, faults: { report: vi.fn() }, concurrency: 1 };
  consumePipeline({ parts, queue, ...rest } as unknown as ConsumerParts);
  return handler?.({ schema: 1, tenantId, segmentId }, { attempt: 1, lane: 'ordinary' }).catch((told: unknown) => told);
}

it.each([
  new ComputeFault('not-a-segment', ''),
  new ComputeFault('key-missing', ''),
  new SealingError('leftover-unreadable', ''),
])('asks seldom again for what only somebody can mend: $code', async (error) => {
  expect(await toldToQueue(error)).toMatchObject({ code: error.code, retryPace: 'seldom' });
});

it('asks soon again for a store that is away', async () => {
  const error = Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
  expect(await toldToQueue(error)).toBe(error);
});
