import { describe, expect, it, vi } from 'vitest';
import { askForStepUp, takeStepUpQuestions } from './step-up.ts';

describe('the question for a fresh second factor', () => {
  it('is answered with no when nobody takes it', async () => {
    expect(await askForStepUp()).toBe(false);
  });

  it('is one for all calls of the same moment, and a new one afterwards', async () => {
    const answers: ((proven: boolean) => void)[] = [];
    const ask = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)));
    const leave = takeStepUpQuestions(ask);
    const both = Promise.all([askForStepUp(), askForStepUp()]);
    answers[0]?.(true);
    expect(await both).toEqual([true, true]);
    expect(ask).toHaveBeenCalledTimes(1);
    const later = askForStepUp();
    answers[1]?.(false);
    expect(await later).toBe(false);
    expect(ask).toHaveBeenCalledTimes(2);
    leave();
    expect(await askForStepUp()).toBe(false);
  });
});
