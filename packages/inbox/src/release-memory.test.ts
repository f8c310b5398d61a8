import { expect, it } from 'vitest';
import { releaseMemory } from './release-memory.ts';

it('gives large memory back, whatever part of it is shown, and leaves what others share', () => {
  const large = Buffer.allocUnsafeSlow(Buffer.poolSize + 1);
  releaseMemory(large.subarray(10, 20));
  expect(large.byteLength).toBe(0);
  const pooled = Buffer.from('pooled');
  const neighbour = Buffer.from('neighbour');
  releaseMemory(pooled);
  expect(neighbour.toString()).toBe('neighbour');
});
