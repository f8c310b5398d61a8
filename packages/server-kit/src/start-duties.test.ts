import { describe, expect, it, vi } from 'vitest';
import { createLogger } from './logger.ts';
import { startDuties } from './start-duties.ts';

describe('startDuties', () => {
  it('never runs a duty twice at once and goes on after a failure', async () => {
    vi.useFakeTimers();
    let atOnce = 0;
    let most = 0;
    let runs = 0;
    const duty = {
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
    const duties = startDuties([duty], createLogger({ name: 'test', level: 'silent' }));
    await vi.advanceTimersByTimeAsync(200);
    const stopped = duties.stop();
    await vi.advanceTimersByTimeAsync(100);
    await stopped;
    vi.useRealTimers();
    expect(most).toBe(1);
    expect(runs).toBeGreaterThan(3);
  });
});
