import { Registry, type Logger } from '@akashi/server-kit';
import { expect, it, vi } from 'vitest';
import { NodeWatch } from './node-watch.ts';

it('tells of a node whose segments wait, once, and that they do no longer', async () => {
  let now = new Date('2026-11-30T09:00:00Z');
  const registry = new Registry();
  const [error, info] = [vi.fn(), vi.fn()];
  const findLateNodes = vi.fn(async (before: Date) => {
    await Promise.resolve();
    const oldestAcceptedAt = new Date('2026-11-30T08:50:00Z');
    return oldestAcceptedAt < before && now < new Date('2026-11-30T10:00:00Z')
      ? [{ node: 'gone', segments: 3, oldestAcceptedAt }]
      : [];
  });
  const watch = new NodeWatch({
    database: { platform: { findLateNodes } },
    logger: { error, info } as unknown as Logger,
    registry,
    now: () => now,
  });
  const after = async (minutes: number): Promise<void> => {
    now = new Date(now.getTime() + minutes * 60_000);
    await watch.run();
  };
  await after(0);
  expect(error).not.toHaveBeenCalled();
  await after(6);
  await after(0.5);
  expect(findLateNodes).toHaveBeenCalledTimes(2);
  expect(error).toHaveBeenCalledWith({ node: 'gone', segments: 3, waitsForSeconds: 960 }, expect.any(String));
  const metrics = await registry.metrics();
  expect(metrics).toContain('akashi_late_node_segments{node="gone"} 3');
  expect(metrics).toContain('akashi_late_node_oldest_seconds{node="gone"} 960');
  await after(5);
  expect(error).toHaveBeenCalledTimes(1);
  await after(60);
  expect(info).toHaveBeenCalledWith({ node: 'gone' }, expect.any(String));
  expect(await registry.metrics()).not.toContain('gone');
});
