import { describe, expect, it, vi } from 'vitest';
import { createLogger } from './logger.ts';
import { startTimers } from './start-timers.ts';

describe('startTimers', () => {
  it('never runs a timer twice at once and goes on after a failure', async () => {
    vi.useFakeTimers();
    let atOnce = 0;
    let most = 0;
    let runs = 0;
    const timer = {
      name: 'slow',
      everyMs: 10,
      run: async () => {
        runs += 1;
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise((resolve) => setTimeout(resolve, 35));
        atOnce -= 1;
        if (runs === 1) throw new Error('first run fails');
      },
    };
    const timers = startTimers([timer], createLogger({ name: 'test', level: 'silent' }));
    await vi.advanceTimersByTimeAsync(200);
    const stopped = timers.stop();
    await vi.advanceTimersByTimeAsync(100);
    await stopped;
    vi.useRealTimers();
    expect(most).toBe(1);
    expect(runs).toBeGreaterThan(3);
  });
});
