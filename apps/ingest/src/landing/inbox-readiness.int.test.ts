import { open, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openTestIngest, type TestIngest } from '../ingest.fixtures.ts';

let ingest: TestIngest;
beforeEach(async () => {
  ingest = await openTestIngest();
});
afterEach(() => ingest.remove());

describe('readiness', () => {
  it('is not ready while nothing can be made durable, and is again by itself', async () => {
    const ready = async (): Promise<unknown[]> => {
      const response = await fetch(`${ingest.running.url}/readyz`);
      return [response.status, await response.json()];
    };
    const handle = await open(tmpdir(), 'r');
    await handle.close();
    const prototype = Object.getPrototypeOf(handle) as FileHandle;
    const failing = vi.spyOn(prototype, 'datasync').mockRejectedValue(Object.assign(new Error(), { code: 'EIO' }));
    try {
      const refused = await ingest.post('', 'lost');
      expect([refused.status, await refused.json()]).toMatchObject([503, { code: 'unavailable' }]);
      expect(await ready()).toEqual([503, { status: 'not-ready', missing: ['inbox'] }]);
      expect(await ready()).toEqual([503, { status: 'not-ready', missing: ['inbox'] }]);
    } finally {
      failing.mockRestore();
    }
    expect(await ready()).toEqual([200, { status: 'ready', missing: [] }]);
    expect((await ingest.post('', 'kept')).status).toBe(201);
    expect((await ingest.stopAndRead()).map((record) => record.text)).toEqual(['kept']);
  });
});
