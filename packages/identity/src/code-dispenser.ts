import { totpCodeAt } from './one-time-code.ts';

const periodMs = 30_000;

/** A person's authenticator in a program: no code twice, ahead by one step at most, waiting where that is not enough. */
export interface CodeDispenser {
  next(): Promise<string>;
}

/** `usedUpTo` is the last step whose code may have been used before. */
export function createCodeDispenser(secret: string, usedUpTo = 0): CodeDispenser {
  let lastStep = usedUpTo;
  let queue: Promise<unknown> = Promise.resolve();
  async function drawCode(): Promise<string> {
    const now = Math.floor(Date.now() / periodMs);
    const step = Math.max(lastStep + 1, now);
    const ahead = step - now - 1;
    lastStep = step;
    if (ahead > 0) {
      await new Promise((resolve) => {
        setTimeout(resolve, (step - 1) * periodMs - Date.now() + 50);
      });
    }
    return totpCodeAt(secret, step * periodMs);
  }
  return {
    next: () => {
      const code = queue.then(drawCode);
      queue = code;
      return code;
    },
  };
}
