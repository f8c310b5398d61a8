/** An archive that the writer goes on with while it is checked: partial tiles of the checked size go at the worst moments. */
import { verifyArchive, type ObjectSource } from '@akashi/verify';
import { expect, test } from 'vitest';
import { archiveSteps, dataKey, dataKeyId, tenantId, verifierKey } from './archive.fixtures.ts';

const blocks = 620;

/** A bucket in which, before each read of a partial tile or of the pointer, the log grows by so many entries. */
function growingBucket(from: number, by: number): { source: ObjectSource; size: () => number } {
  const objects = new Map<string, Buffer>();
  const steps = archiveSteps({ blocks, versionOne: 0, records: () => ['line'] });
  let size = 0;
  const growTo = (wanted: number): void => {
    while (size < Math.min(wanted, blocks)) {
      const { value, done } = steps.next();
      if (done === true) return;
      if (value.bytes !== null) objects.set(value.object, Buffer.from(value.bytes));
      else for (const key of objects.keys()) if (`${key}/`.startsWith(`${value.object}/`)) objects.delete(key);
      if (value.object === 'log/checkpoint') size += 1;
    }
  };
  growTo(from);
  let isGrowing = false;
  const source: ObjectSource = {
    readRange: (key, { start, bytes }) => {
      if (key.includes('.p/')) isGrowing = true;
      if (isGrowing && (key.includes('.p/') || key === 'log/checkpoint')) growTo(size + by);
      return Promise.resolve(objects.get(key)?.subarray(start, start + Math.min(bytes, 2 ** 31)) ?? null);
    },
    facts: (key) => Promise.resolve(objects.has(key) ? { bytes: objects.get(key)?.length ?? 0 } : null),
    async *list(prefix, { after = '' } = {}) {
      // As they were when the listing began.
      const keys = [...objects.keys()].sort();
      for (const key of keys) if (key.startsWith(prefix) && key > after) yield Promise.resolve({ key });
    },
  };
  return { source, size: () => size };
}

test.each([
  [10, 1],
  [10, 5],
  [10, 60],
  [10, 250],
  [250, 3],
  [250, 7],
  [259, 100],
  [500, 12],
])('a log of %i entries that grows by %i at each look is proven', async (from, by) => {
  const { source, size } = growingBucket(from, by);
  const { head, findings } = await verifyArchive({
    open: () => source,
    threadSource: null,
    tenantId,
    verifierKey,
    dataKeys: new Map([[dataKeyId, dataKey]]),
    held: null,
  });
  expect(findings.problems).toEqual([]);
  expect(size()).toBeGreaterThan(head?.size ?? Infinity);
});
