import type { Database } from '@akashi/database';
import { tenantId } from '@akashi/policy';
import { expect, it } from 'vitest';
import { watchPipeline } from './watch-pipeline.ts';

type LateSegments = Awaited<ReturnType<Database['platform']['findLateSegments']>>[number];

const own = tenantId('6f1c1f6e-90ab-4c58-9a4c-3d8f6a6b1f0d');
const at = new Date('2026-12-01T00:00:00Z');

function lateAt(step: 'index' | 'seal'): LateSegments {
  return { tenantId: own, step, segments: 2, oldestAcceptedAt: at, lastErrorCode: null };
}

it('tells what is late with two looks in a row, so that an outage that is over is none', async () => {
  let late: LateSegments[] = [lateAt('index')];
  const database = { platform: { findLateSegments: () => Promise.resolve(late) } };
  const watch = watchPipeline({ database, now: () => at });
  // It may be what another worker noticed: nothing begins, and nothing ends.
  expect(await watch.look()).toBeNull();
  expect(await watch.look()).toMatchObject([{ owner: own, where: 'index', cause: 'not-indexed' }]);
  late = [lateAt('seal')];
  expect(await watch.look()).toEqual([]);
  expect(await watch.look()).toMatchObject([{ owner: own, where: 'seal', cause: 'not-sealed' }]);
  late = [];
  expect(await watch.look()).toEqual([]);
});
