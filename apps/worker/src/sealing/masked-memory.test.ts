import { expect, it } from 'vitest';
import { MaskedMemory, type MaskedSegment } from './masked-memory.ts';

function segment(segmentId: string, bytes: number): MaskedSegment {
  return {
    segmentId,
    payload: new Uint8Array(bytes).fill(7),
    leafHashes: new Uint8Array(32),
    recordCount: 1,
    firstReceivedUs: 1,
    lastReceivedUs: 1,
    logGroups: [],
    failedClosed: 0,
    damagedBytes: 0,
  };
}

it('keeps segments up to its limit, and room comes back with each that goes', () => {
  const memory = new MaskedMemory(1_000);
  expect(memory.keep(segment('a', 400))).toBe(true);
  expect(memory.keep(segment('b', 400))).toBe(true);
  expect(memory.keep(segment('c', 400))).toBe(false);
  expect(memory.take('c')).toBeUndefined();
  expect(memory.take('a')).toMatchObject({ segmentId: 'a', recordCount: 1 });
  expect(memory.take('a')).toBeUndefined();
  expect(memory.keep(segment('c', 400))).toBe(true);
  memory.forget('b');
  memory.forget('c');
  expect(memory.bytes).toBe(0);
});

it('counts a segment that comes twice once', () => {
  const memory = new MaskedMemory(1_000);
  memory.keep(segment('a', 900));
  expect(memory.keep(segment('a', 900))).toBe(true);
  expect(memory.bytes).toBe(932);
});

it('gives copies, so that the memory of a payload may move on', () => {
  const memory = new MaskedMemory(1_000);
  const masked = segment('a', 8);
  memory.keep(masked);
  masked.payload.fill(0);
  const copy = memory.payloadOf('a');
  expect(copy).toEqual(new Uint8Array(8).fill(7));
  copy?.fill(0);
  expect(memory.take('a')?.payload).toEqual(new Uint8Array(8).fill(7));
});
