import { describe, expect, it } from 'vitest';
import { bodyBytes, SpareMemory } from './spare-memory.ts';

describe('SpareMemory', () => {
  it('gives the whole memory of a body once', () => {
    const spare = new SpareMemory();
    const body = Buffer.allocUnsafeSlow(bodyBytes + 100);
    spare.put(body.subarray(0, 12));
    expect(spare.take()?.buffer).toBe(body.buffer);
    expect(spare.take()).toBeUndefined();
  });

  it('keeps no memory that is too small, too large or too much', () => {
    const spare = new SpareMemory();
    spare.put(Buffer.allocUnsafeSlow(bodyBytes - 1));
    spare.put(Buffer.allocUnsafeSlow(3 * bodyBytes));
    expect(spare.take()).toBeUndefined();
    for (let n = 0; n < 9; n += 1) spare.put(Buffer.allocUnsafeSlow(bodyBytes));
    let kept = 0;
    while (spare.take() !== undefined) kept += 1;
    expect(kept).toBe(6);
  });
});
