import { describe, expect, it } from 'vitest';
import { FramePace } from './frame-pace.ts';

describe('the pace of a message', () => {
  it('is too slow when bytes only trickle, however often they come', () => {
    let nowMs = 0;
    const pace = new FramePace(() => nowMs);
    pace.add(100);
    for (nowMs = 1000; nowMs <= 60_000; nowMs += 1000) {
      pace.add(1);
      expect(pace.isTooSlow).toBe(false);
    }
    nowMs = 61_000;
    expect(pace.isTooSlow).toBe(true);
    pace.advance();
    expect(pace.isTooSlow).toBe(false);
  });

  it('gives a large message the time that it takes', () => {
    let nowMs = 0;
    const pace = new FramePace(() => nowMs);
    for (; nowMs < 600_000; nowMs += 1000) {
      pace.add(1024);
      expect(pace.isTooSlow).toBe(false);
    }
  });
});
